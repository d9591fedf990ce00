import type { CardEntry, ContactCard, NamedLead } from '#libs/protocol';
import { leadWithinRegion, signatory, type CovenantDocument } from '../covenant/index.js';
import {
  contactFrom,
  identityOf,
  keyOf,
  leadFrom,
  type DatedResidence,
  type Entry,
  type Lead,
  type OwnEntry,
  type PossibleMatch,
  type Receiver,
  type YouthGroup,
} from './match-picture.types.js';
import { describedOwn, describedPeer, possibleMatches, type DescribedEntry } from './possible-matches.js';
import { byFiling } from './rules/by-filing.js';
import { leadOfMatch } from './rules/lead-of-match.rule.js';
import { leadingRegion } from './rules/leading-region.rule.js';
import { matchMade } from './rules/match-made.rule.js';
import { municipalityOfFollowUp } from './rules/queue-of-process-manager.rule.js';
import { whoMatches, type Involved } from './rules/who-matches.rule.js';

/** A youth of this region with its active signals. */
export interface OwnYouth {
  id: string;
  /** Blind indexes, hex; null for a youth without BSN. */
  index: string | null;
  parents: readonly string[];
  municipality: string | null;
  residenceAsOf: string | null;
  isProtected: boolean;
  entries: readonly OwnEntry[];
}

/** An opened card of another region, with what its references mean here. */
export interface PeerCard {
  region: string;
  role: 'youth' | 'parent' | 'described';
  /** Blind index of the person whose handle it came on, hex. */
  personIndex: string;
  card: ContactCard;
  /** The reference that each of our youths on this handle has in this match. */
  refs: ReadonlyMap<string, string>;
}

/** What the picture is drawn from. */
export interface PictureInput {
  region: string;
  regionName: string;
  youths: readonly OwnYouth[];
  peerCards: readonly PeerCard[];
  /** By the codes that are used today. */
  covenantMunicipalities: readonly string[];
  /** The covenant of this region by which a match goes that was made at a moment. */
  covenantAt: (moment: Date) => CovenantDocument;
  /** Process managers of this region by the present code of their municipality; null: of the whole region. */
  processManagers: ReadonlyMap<string | null, Receiver>;
  regionOf: (municipality: string) => string | undefined;
  /** The code that is used today for what a municipality code stood for. */
  presentCode: (municipality: string) => string;
}

/** A signal of this region with everybody else who is involved, and who leads. */
export interface SignalView {
  own: OwnEntry;
  involved: readonly Involved[];
  /** Who may be involved with the same youth without BSN, before both sides confirmed it. */
  possible: readonly PossibleMatch[];
  /** Signals in other regions of which the filer says that they are theirs; nobody else is involved by them. */
  yourself: readonly Entry[];
  /** Undefined while nobody is named yet, or nobody else is involved. */
  lead?: Lead;
  /** Whether the one who reads this leads: by this signal, or by one on a brother or sister. */
  youLead: boolean;
}

interface Drawn {
  youth: OwnYouth;
  same: Entry[];
  siblings: YouthGroup[];
  lead?: Lead;
}

/**
 * Who matches whom, and who leads: a pure function of this region's signals and the cards received. Nothing of it is stored,
 * so it cannot go stale.
 */
export class MatchPicture {
  private readonly drawn = new Map<string, Drawn>();

  constructor(private readonly input: PictureInput) {
    for (const youth of input.youths)
      this.drawn.set(youth.id, { youth, same: this.sameYouth(youth), siblings: [] });
    for (const drawn of this.drawn.values()) {
      const lead = this.leadOfYouth(drawn);
      if (lead) drawn.lead = lead;
    }
    for (const drawn of this.drawn.values()) drawn.siblings = this.siblingsOf(drawn.youth);
  }

  /** The signals on one of our youths, and whom each matches. */
  viewsOf(youthId: string): SignalView[] {
    const drawn = this.drawn.get(youthId);
    if (!drawn) return [];
    const siblings = drawn.siblings.flatMap((group) => group.entries);
    return drawn.youth.entries.map((own) => {
      const { opened, waiting } = possibleMatches(own, this.describedAs(own));
      const involved = whoMatches(
        own,
        drawn.same,
        siblings,
        opened.map(({ entry }) => entry),
      );
      const yourself = saidToBeThemselves(own, [
        ...drawn.same,
        ...siblings,
        ...opened.map(({ entry }) => entry),
      ]);
      const known = new Set(involved.map(({ entry }) => keyOf(entry)));
      const possible = waiting.filter((each) => !known.has(keyOf(each)));
      const lead = leadOfMatch([this.groupOf(drawn), ...drawn.siblings, ...opened]);
      // with nobody else there is nobody to lead
      if (!lead || involved.length === 0) return { own, involved, possible, yourself, youLead: false };
      return { own, involved, possible, yourself, lead, youLead: this.leads(own, lead) };
    });
  }

  /** Who leads for one of our youths, as far as it is known. */
  leadOf(youthId: string): Lead | undefined {
    return this.drawn.get(youthId)?.lead;
  }

  /** The covenant by which the match on one of our youths goes. */
  covenantOf(youthId: string): CovenantDocument {
    return this.input.covenantAt(matchMade(this.drawn.get(youthId)!.same));
  }

  /** The municipality whose process manager follows up the matches of this youth; null in a covenant without municipalities. */
  followUpOf(youthId: string): string | null {
    const { youth } = this.drawn.get(youthId)!;
    const [earliest] = [...youth.entries].sort(byFiling);
    return municipalityOfFollowUp(
      { ...youth, municipality: this.present(youth.municipality) },
      this.input.covenantMunicipalities,
      this.present(earliest!.organisationMunicipality),
    );
  }

  private present(municipality: string | null): string | null {
    return municipality === null ? null : this.input.presentCode(municipality);
  }

  /**
   * Whether the person who is reached leads, by a signal of theirs here or in another region, or as process manager under another
   * designation. Two colleagues may share an address.
   */
  private leads({ contact, contactPerson }: OwnEntry, lead: Lead): boolean {
    if (lead.entryId === undefined)
      return (
        lead.leadingRegion === this.input.region &&
        [...this.input.processManagers.values()].some(
          ({ person, ...manager }) =>
            person === contactPerson && identityOf(manager) === identityOf(lead.contact),
        )
      );
    return (
      identityOf(lead.contact) === identityOf(contact) ||
      this.input.youths
        .flatMap(({ entries }) => entries)
        .some((entry) => entry.entryId === lead.entryId && entry.contactPerson === contactPerson)
    );
  }

  /** Everybody whose youth without BSN is described as that of a signal is. */
  private describedAs({ description }: OwnEntry): DescribedEntry[] {
    if (description === undefined) return [];
    const own = [...this.drawn.values()].flatMap((drawn) =>
      drawn.youth.entries
        .filter((entry) => entry.description === description)
        .map((entry) => describedOwn(entry, this.groupOf(drawn))),
    );
    const theirs = this.input.peerCards
      .filter(({ role, personIndex }) => role === 'described' && personIndex === description)
      .flatMap(({ region, card }) => (card.possible ?? []).map((entry) => describedPeer(region, entry)));
    return [...own, ...theirs];
  }

  private groupOf(drawn: Drawn): YouthGroup {
    return { entries: drawn.same, ...(drawn.lead ? { lead: drawn.lead } : {}) };
  }

  /** Cards on the youth's own handle and on those of the parents. */
  private cardsFor(youth: OwnYouth): PeerCard[] {
    return this.input.peerCards.filter(
      ({ role, personIndex }) =>
        (role === 'youth' && personIndex === youth.index) ||
        (role === 'parent' && youth.parents.includes(personIndex)),
    );
  }

  private sameYouth(youth: OwnYouth): Entry[] {
    const entries = new Map<string, Entry>(youth.entries.map((entry) => [keyOf(entry), entry]));
    // the youth's own handle first: its card is the closest to the youth
    for (const peer of this.cardsFor(youth).sort(
      (a, b) => Number(a.role === 'parent') - Number(b.role === 'parent'),
    )) {
      for (const entry of peer.card.entries) {
        const theirs = entryOf(peer.region, entry);
        if (entry.youthRef === peer.refs.get(youth.id))
          entries.set(keyOf(theirs), withContactsOf(theirs, entries.get(keyOf(theirs))));
      }
    }
    return [...entries.values()];
  }

  private siblingsOf(youth: OwnYouth): YouthGroup[] {
    const groups: { entries: Map<string, Entry>; lead?: Lead }[] = [];
    for (const other of this.drawn.values()) {
      if (
        other.youth.id === youth.id ||
        !other.youth.parents.some((parent) => youth.parents.includes(parent))
      )
        continue;
      groups.push({
        entries: new Map(other.same.map((entry) => [keyOf(entry), entry])),
        ...(other.lead ? { lead: other.lead } : {}),
      });
    }
    for (const peer of this.cardsFor(youth)) {
      if (peer.role !== 'parent') continue;
      const ours = new Set(peer.refs.values());
      for (const [ref, listed] of byRef(peer.card.entries)) {
        if (ours.has(ref)) continue;
        const lead = peer.card.leads.find((candidate) => candidate.youthRef === ref);
        // full siblings match through both parents: the same youth then has two references, but the same signals
        const entries = listed.map((entry) => entryOf(peer.region, entry));
        const known = groups.find((group) => entries.some((entry) => group.entries.has(keyOf(entry))));
        const group = known ?? { entries: new Map<string, Entry>() };
        for (const entry of entries)
          group.entries.set(keyOf(entry), withContactsOf(entry, group.entries.get(keyOf(entry))));
        if (lead && !group.lead) group.lead = leadFrom(lead);
        if (!known) groups.push(group);
      }
    }
    return groups.map((group) => ({
      entries: [...group.entries.values()],
      ...(group.lead ? { lead: group.lead } : {}),
    }));
  }

  private leadOfYouth({ youth, same }: Drawn): Lead | undefined {
    const cards = this.cardsFor(youth);
    const { region, because } = leadingRegion(same, this.residencesOf(youth, cards), this.input.regionOf);
    if (region === this.input.region) return this.decide(youth, same, because);
    for (const peer of cards) {
      if (peer.region !== region) continue;
      const said = peer.card.leads.find(
        (lead) => lead.youthRef === peer.refs.get(youth.id) && lead.leadingRegion === region,
      );
      if (said && hasSignal(said, same)) return leadFrom(said);
    }
    return undefined;
  }

  private residencesOf(youth: OwnYouth, cards: readonly PeerCard[]): DatedResidence[] {
    if (youth.isProtected) return [];
    const own =
      youth.municipality !== null
        ? [{ municipality: youth.municipality, asOf: youth.residenceAsOf ?? undefined }]
        : [];
    return [
      ...own,
      ...cards
        .filter((peer) => peer.role === 'youth' && peer.card.residence)
        .map((peer) => peer.card.residence!),
    ];
  }

  /** Decides as the leading region, by this region's covenant, among all who have a signal on the youth. */
  private decide(
    youth: OwnYouth,
    same: readonly Entry[],
    leadingBecause: Lead['leadingBecause'],
  ): Lead | undefined {
    const covenant = this.covenantOf(youth.id);
    const home = youth.isProtected ? null : this.present(youth.municipality);
    const named = leadWithinRegion(
      same.map((entry) => ({ ...entry, ...asSigned(entry, covenant, home, this.input.presentCode) })),
      covenant.leading,
    );
    const decided = { leadingRegion: this.input.region, leadingBecause, because: named.because };
    if ('leader' in named) {
      const { contact, entryId } = named.leader;
      return { ...decided, contact, entryId };
    }
    const processManager =
      this.input.processManagers.get(this.followUpOf(youth.id)) ??
      this.input.processManagers.values().next().value;
    if (!processManager) return undefined;
    const contact = contactFrom(processManager);
    return {
      ...decided,
      contact: youth.isProtected ? { ...contact, organisation: this.input.regionName } : contact,
    };
  }
}

/**
 * Whether who is named to lead has a signal on the youth still: a region that leads may not have heard yet that it has ended or was handed
 * over, and names another when it does.
 */
const hasSignal = ({ entryId, email }: NamedLead, same: readonly Entry[]): boolean =>
  entryId === undefined || same.some((entry) => entry.entryId === entryId && entry.contact.email === email);

/** What the leading rule goes by: an organisation of this region as it signed that covenant, another's as its card calls it. */
function asSigned(
  entry: Entry,
  covenant: CovenantDocument,
  home: string | null,
  presentCode: PictureInput['presentCode'],
) {
  const signed = 'organisationId' in entry && signatory(covenant, entry.organisationId as string);
  if (!signed) return { kind: entry.kind };
  const where = signed.municipalities.map(presentCode);
  return { kind: signed.kind, inMunicipalityOfYouth: home !== null && where.includes(home) };
}

function byRef(entries: readonly CardEntry[]): Map<string, CardEntry[]> {
  const groups = new Map<string, CardEntry[]>();
  for (const entry of entries) groups.set(entry.youthRef, [...(groups.get(entry.youthRef) ?? []), entry]);
  return groups;
}

/**
 * An entry that comes on another card too, which stays. A card says contact with those only who are on the card that it answers: on that of a
 * youth's own handle nobody who has a signal on a brother or sister is.
 */
const withContactsOf = (entry: Entry, known: Entry | undefined): Entry =>
  known
    ? { ...known, contactMade: [...new Set([...known.contactMade, ...entry.contactMade])].sort() }
    : entry;

const entryOf = (region: string, entry: CardEntry): Entry => ({
  entryId: entry.entryId,
  region,
  kind: entry.kind,
  filedAt: new Date(entry.filedAt),
  contact: contactFrom(entry.replacement ?? entry),
  ...(entry.replacement ? { standsInFor: entry.name, absent: true } : {}),
  contactMade: entry.contactMade,
});

const saidToBeThemselves = (own: OwnEntry, entries: readonly Entry[]): Entry[] => [
  ...new Map(
    entries
      .filter(({ entryId, region }) => region !== own.region && own.samePerson.includes(entryId))
      .map((entry) => [keyOf(entry), entry]),
  ).values(),
];
