import type { Notice } from './match-notices.js';
import {
  identityOf,
  type ContactDetails,
  type Entry,
  type Lead,
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

/** Somebody who is involved, once however many signals join them with the receiver. */
interface Person {
  kind: Involved['kind'];
  entry: Entry;
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
    this.people = [...involved].map(([who, { kind, entry }]) => ({
      ...{ kind, entry },
      isNew: this.isUpdate && !known.has(who),
      isLead: this.lead?.entryId !== undefined && identityOf(this.lead.contact) === who,
    }));
    this.gone = [...known]
      .filter(([who]) => !involved.has(who))
      .filter(([, { entry }]) => style.mayName(entry.kind))
      .map(([, { entry }]) => entry.contact.name);
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
    const gone = involvedOnce(before).size - (this.people.length - news);
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
    return `De ${match} ${this.about} is gewijzigd${what}. Hieronder staat wie er nu bij betrokken zijn.`;
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
      ...named.map(({ entry, isLead }) => person(entry.contact, entry.standsInFor, isLead)),
      ...(named.length < people.length ? [afterLogin(people.length - named.length)] : []),
    ].join('\n');
  }

  private mayName({ entry }: Person): boolean {
    return this.style.mayName(entry.kind);
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
      this.possible.some(({ verify }) => verify) || this.people.some(({ entry }) => entry.verify === true);
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

/** Everybody but the receiver, by who they are, as what they are closest to. */
function involvedOnce(notices: readonly Notice[]): Map<string, Involved> {
  const people = new Map<string, Involved>();
  for (const { receiver, involved } of notices)
    for (const each of involved) {
      const who = identityOf(each.entry.contact);
      const known = people.get(who);
      if (who === identityOf(receiver)) continue;
      if (!known || CLOSEST.indexOf(each.kind) < CLOSEST.indexOf(known.kind)) people.set(who, each);
    }
  return people;
}

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
