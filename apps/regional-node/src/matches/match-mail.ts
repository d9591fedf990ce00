import type { Notice } from './match-notices.js';
import {
  identityOf,
  type ContactDetails,
  type Entry,
  type Lead,
  type OwnEntry,
  type PossibleMatch,
} from './match-picture.types.js';
import type { Involved } from './rules/who-matches.rule.js';

/** A match of the receiver: what there is to know now, and what the last mail told. */
export interface ToldMatch {
  now: Notice;
  before?: Notice;
}

/** What a mail is written with besides. */
export interface MailStyle {
  indexName: string;
  /** Where to log in to see who is not named. */
  portal: string;
  /** Whether the covenant lets a mail name people of this kind of organisation. */
  mayName: (kind: string) => boolean;
  nameOfRegion: (region: string) => string;
}

/** Somebody who is involved, once however many signals and organisations join them with the receiver. */
interface Known {
  kind: Involved['kind'];
  /** What they are closest by first. */
  entries: Entry[];
  /** By which they are known, see `namesOf`. */
  names: readonly string[];
}

interface Person extends Known {
  isNew: boolean;
  isLead: boolean;
}

/**
 * A mail about matches of one receiver that share somebody. It says what has changed, and who is involved now. Nothing about the youth is in
 * it, and nobody is named twice: how often would tell how many brothers and sisters there are.
 */
export function matchMail(
  matches: readonly ToldMatch[],
  style: MailStyle,
): { subject: string; text: string } {
  const mail = new MatchMail(matches, style);
  return { subject: mail.subject(), text: mail.text() };
}

class MatchMail {
  private readonly receiver: ContactDetails;
  private readonly people: Person[];
  private readonly gone: string[];
  private readonly possible: PossibleMatch[];
  private readonly isUpdate: boolean;
  private readonly lead: Lead | undefined;
  private readonly leadIsReceiver: boolean;

  constructor(
    private readonly matches: readonly ToldMatch[],
    private readonly style: MailStyle,
  ) {
    const now = matches.map((match) => match.now);
    const before = matches.flatMap((match) => match.before ?? []);
    this.receiver = now[0]!.receiver;
    this.isUpdate = before.some((notice) => !isOver(notice));
    this.leadIsReceiver = now.some((notice) => notice.leadIsReceiver);
    this.lead = now.find(({ lead }) => lead)?.lead;
    const involved = involvedOnce(now);
    const known = involvedOnce(before);
    this.people = involved.map((person) => ({
      ...person,
      isNew: this.isUpdate && !known.some((each) => isSame(each, person)),
      isLead: this.lead?.entryId !== undefined && person.names.includes(identityOf(this.lead.contact)),
    }));
    this.gone = known
      .filter((person) => !involved.some((each) => isSame(each, person)))
      .filter((person) => this.mayName(person))
      .map(({ entries }) => entries[0]!.contact.name);
    this.possible = now.flatMap((notice) => notice.possible);
  }

  /** Travels in the clear: it says that there is something, not what. */
  subject(): string {
    const { indexName } = this.style;
    if (this.isOver) return `${indexName}: match beëindigd ${this.where}`;
    const what = this.people.length === 0 ? 'mogelijke match' : 'match';
    return `${indexName}: ${this.isUpdate ? `wijziging in de ${what}` : what} ${this.where}`;
  }

  text(): string {
    return `${[`Beste ${this.receiver.name},`, ...this.parts(), this.closing()].filter((part) => part !== '').join('\n\n')}\n`;
  }

  private parts(): string[] {
    if (this.isOver) return [`De match ${this.about} is voor u beëindigd. U hoeft niets te doen.`];
    if (this.people.length === 0) {
      const first = this.isUpdate ? this.changed() : `Er is mogelijk een match ${this.about}.`;
      return [first, this.possibleText(), this.verifyText(), this.link('Bekijk de mogelijke match')];
    }
    return [
      this.isUpdate
        ? this.changed()
        : `Er is een match ${this.about}. Neem contact op met de andere betrokkenen.`,
      ...this.lists(),
      this.gone.length > 0 ? `Niet meer betrokken:\n${this.gone.map((name) => `- ${name}`).join('\n')}` : '',
      this.possible.length > 0 ? this.possibleText() : '',
      this.verifyText(),
      this.leadText(),
      'Bespreek pas inhoud als ten minste een van u toestemming heeft, of bij een conflict van plichten.',
      this.link('Bekijk de match'),
    ];
  }

  private get isOver(): boolean {
    return this.people.length + this.possible.length === 0;
  }

  private get numbers(): string[] {
    return this.matches.flatMap(({ now }) => now.signalNumber ?? []);
  }

  private get where(): string {
    const { numbers } = this;
    if (numbers.length === 0) return 'in uw gemeente';
    if (numbers.length > 1) return `bij uw signalen ${inWords(numbers)}`;
    return this.matches[0]!.now.standsInFor === undefined
      ? `bij uw signaal ${numbers[0]}`
      : `bij signaal ${numbers[0]}, waarvoor u waarneemt`;
  }

  private get about(): string {
    const { numbers } = this;
    if (numbers.length === 0)
      return `waarvoor u als procesmanager matchregisseur ${this.isOver ? 'was' : 'bent'}`;
    const { standsInFor } = this.matches[0]!.now;
    return numbers.length > 1 || standsInFor === undefined
      ? this.where
      : `bij het signaal ${numbers[0]} van ${standsInFor}, voor wie u waarneemt`;
  }

  /** The first line of an update: what is different. */
  private changed(): string {
    const news = this.people.filter(({ isNew }) => isNew).length;
    const before = this.matches.flatMap((match) => match.before ?? []);
    const gone = involvedOnce(before).length - (this.people.length - news);
    const leadBefore = before.find(({ lead }) => lead)?.lead;
    const isOtherLead =
      this.lead !== undefined &&
      (leadBefore === undefined ||
        identityOf(leadBefore.contact) !== identityOf(this.lead.contact) ||
        before.some(({ leadIsReceiver }) => leadIsReceiver) !== this.leadIsReceiver);
    const changes = [
      news > 0 ? `${news === 1 ? 'er is iemand' : `er zijn ${news} mensen`} bij gekomen` : '',
      gone > 0 ? `${gone === 1 ? 'iemand is' : `${gone} mensen zijn`} niet meer betrokken` : '',
      isOtherLead ? (leadBefore ? 'de matchregisseur is een ander' : 'de matchregisseur is bekend') : '',
      this.possible.length > before.flatMap(({ possible }) => possible).length
        ? 'er is een mogelijke match bij gekomen'
        : '',
    ].filter((change) => change !== '');
    const what = changes.length > 0 ? `: ${changes.join(', ')}` : '';
    const match = this.people.length === 0 ? 'mogelijke match' : 'match';
    const below = this.people.length === 0 ? '' : ' Hieronder staat wie er nu bij betrokken zijn.';
    return `De ${match} ${this.about} is gewijzigd${what}.${below}`;
  }

  private lists(): string[] {
    const titles: Record<Involved['kind'], string> = {
      'same-youth': 'etrokken bij dezelfde jeugdige',
      sibling: 'etrokken bij een broer of zus (het gaat om verschillende jeugdigen)',
      'possibly-same-youth': 'etrokken bij mogelijk dezelfde jeugdige, zoals u beiden hebt bevestigd',
    };
    const kinds = ['same-youth', 'sibling', 'possibly-same-youth'] as const;
    return [true, false].flatMap((isNew) =>
      kinds.flatMap((kind) => {
        const people = this.people.filter((each) => each.isNew === isNew && each.kind === kind);
        return people.length > 0 ? [this.list(`${isNew ? 'Nieuw b' : 'B'}${titles[kind]}:`, people)] : [];
      }),
    );
  }

  private list(title: string, people: readonly Person[]): string {
    const named = people.filter((each) => this.mayName(each));
    return [
      title,
      ...named.map(({ entries, isLead }) => this.person(entries, isLead)),
      ...(named.length < people.length ? [afterLogin(people.length - named.length)] : []),
    ].join('\n');
  }

  /** Somebody with all that they may be named by: what they are in another organisation stands below. */
  private person(entries: readonly Entry[], isLead: boolean): string {
    const [first, ...others] = entries.filter(({ kind }) => this.style.mayName(kind));
    const organisations = new Map(others.map((entry) => [entry.contact.organisation, entry]));
    organisations.delete(first!.contact.organisation);
    return [
      person(first!.contact, first!.standsInFor, isLead),
      ...[...organisations.values()].map(({ contact }) => alsoAt(contact)),
    ].join('\n');
  }

  private mayName({ entries }: Known): boolean {
    return entries.some(({ kind }) => this.style.mayName(kind));
  }

  private leadText(): string {
    const { lead } = this;
    if (!lead) return 'Matchregisseur: de naam volgt in een volgend bericht.';
    const region = this.style.nameOfRegion(lead.leadingRegion);
    const because =
      lead.because === 'process-manager'
        ? `Volgens het convenant van ${region} is dat de procesmanager, omdat geen van de betrokken organisaties de regie heeft.`
        : lead.because === 'appointed'
          ? `${region} heeft deze matchregisseur aangewezen.`
          : `Volgens het convenant van ${region} gaat de regie naar dit soort organisatie.`;
    return [
      this.whoLeads(lead),
      because,
      'De matchregisseur zorgt ervoor dat alle betrokkenen contact met elkaar krijgen.',
    ].join('\n');
  }

  private whoLeads(lead: Lead): string {
    if (this.leadIsReceiver) return 'Matchregisseur: dat bent u.';
    const listed = this.people.find(({ isLead }) => isLead);
    if (listed)
      return this.mayName(listed)
        ? 'De matchregisseur staat hierboven aangegeven.'
        : `Matchregisseur:\n${afterLogin(1)}`;
    // a process manager is always named; of whoever is not among those involved the kind is not known
    const isNamed = lead.entryId === undefined || this.style.mayName('');
    return `Matchregisseur:\n${isNamed ? person(lead.contact) : afterLogin(1)}`;
  }

  private possibleText(): string {
    const { possible } = this;
    if (possible.length === 0) return '';
    return [
      `${possible.length === 1 ? 'Een ander signaal gaat' : `${possible.length} andere signalen gaan`} mogelijk over dezelfde jeugdige: naam, geboortedatum en geslacht komen overeen, een BSN is er niet.`,
      possible.some(({ confirmedByThem, confirmedByUs }) => confirmedByThem && !confirmedByUs)
        ? 'De ander heeft al bevestigd dat het om dezelfde jeugdige kan gaan.'
        : '',
      'Geef na het inloggen aan of het om dezelfde jeugdige kan gaan.',
      'Pas als u beiden dat bevestigt, ziet u elkaars contactgegevens.',
    ]
      .filter((line) => line !== '')
      .join('\n');
  }

  private verifyText(): string {
    const asked =
      this.possible.some(({ verify }) => verify) ||
      this.people.some(({ entries }) => entries[0]!.verify === true);
    return asked
      ? 'Van een van hen is het BSN van de jeugdige inmiddels bekend. Ga na of u het BSN ook kunt vaststellen: dan is zeker of het om dezelfde jeugdige gaat.'
      : '';
  }

  private link(what: string): string {
    const { numbers } = this;
    const path =
      numbers.length === 0 ? 'opvolging' : numbers.length === 1 ? `matches/${numbers[0]}` : 'matches';
    return `${what} na het inloggen: ${this.style.portal}/${path}`;
  }

  private closing(): string {
    return `${this.style.indexName}\n\nDit bericht is automatisch verstuurd en noemt geen reden van signalen: die staan nergens in de verwijsindex.`;
  }
}

const isOver = ({ involved, possible }: Notice): boolean => involved.length + possible.length === 0;

const CLOSEST: readonly Involved['kind'][] = ['same-youth', 'sibling', 'possibly-same-youth'];

/** Everybody but the receiver, once, as what they are closest to. */
function involvedOnce(notices: readonly Notice[]): Known[] {
  let people: Known[] = [];
  for (const { receiver, involved } of notices) {
    const self = { names: namesOf(receiver, receiver.person) };
    for (const { kind, entry } of involved) {
      const each: Known = { kind, entries: [entry], names: namesOf(entry.contact, personOf(entry)) };
      if (isSame(self, each)) continue;
      const same = people.filter((known) => isSame(known, each));
      const [closest, ...others] = [...same, each].sort(
        (a, b) => CLOSEST.indexOf(a.kind) - CLOSEST.indexOf(b.kind),
      );
      const merged: Known = {
        kind: closest!.kind,
        entries: [closest!, ...others].flatMap(({ entries }) => entries),
        names: [closest!, ...others].flatMap(({ names }) => names),
      };
      const at = same[0] ? people.indexOf(same[0]) : people.length;
      people = people.filter((known) => !same.includes(known)).toSpliced(at, 0, merged);
    }
  }
  return people;
}

/** By what somebody is known: name and address, and in this region as a person, whatever their designations. */
const namesOf = (contact: ContactDetails, person: string | undefined): string[] => [
  identityOf(contact),
  ...(person === undefined ? [] : [`person ${person}`]),
];

/** Undefined for somebody of another region. */
const personOf = (entry: Entry | OwnEntry): string | undefined =>
  'contactPerson' in entry ? entry.contactPerson : undefined;

const isSame = (a: Pick<Known, 'names'>, b: Pick<Known, 'names'>): boolean =>
  a.names.some((name) => b.names.includes(name));

const alsoAt = (contact: ContactDetails): string =>
  `  ook ${person(contact).slice(`- ${contact.name}, `.length)}`;

const person = (
  { name, function: role, organisation, phone, email, location, locationPhone }: ContactDetails,
  standsInFor?: string,
  isLead = false,
): string =>
  [
    `- ${name}, ${role}, ${organisation}${standsInFor === undefined ? '' : ` (neemt waar voor ${standsInFor})`}${isLead ? ' (matchregisseur)' : ''}`,
    `  telefoon ${phone}`,
    `  e-mail ${email}`,
    ...(location === undefined
      ? []
      : [`  locatie ${location}${locationPhone === undefined ? '' : `, telefoon ${locationPhone}`}`]),
  ].join('\n');

const afterLogin = (people: number): string =>
  `- ${people === 1 ? 'iemand die' : `${people} mensen die`} u na het inloggen ziet`;

const inWords = (parts: readonly string[]): string =>
  parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} en ${parts.at(-1)!}`;
