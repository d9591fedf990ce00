import type { FamilyYouth } from './families.js';
import { FIRST_PHONE, type Filer } from './regions.js';

/**
 * What is known of the signal of one filer on one youth.
 * `unknown`: an answer did not come, so there may be one or none.
 */
export interface Slot {
  filer: Filer;
  youth: FamilyYouth;
  state: 'none' | 'live' | 'unknown';
  /** Of the signal that is live or may be. */
  number?: string;
  id?: string;
  /** When it was begun to be filed, milliseconds of the machine's clock. */
  since: number;
  /** The last time that an answer did not come. */
  triedAt?: number;
  /** The number of a signal that ended, and that a restored backup has again until the region has learnt that it ended. */
  mayEndAgain?: string;
}

/** Something that was asked and answered with a success, or not answered. */
export interface Deed {
  at: number;
  what: 'filed' | 'ended';
  accepted: boolean;
  filer: Filer;
  youth: FamilyYouth;
}

/** What the filers of one region know to be so. */
interface RegionRecord {
  slots: Map<string, Slot>;
  /** Contact made: names of pairs of signals, by the filer who said so. */
  contacts: Map<string, Set<string>>;
  /** The telephone number of each filer; several after a change without an answer. */
  phones: Map<string, Set<string>>;
  deeds: Deed[];
  /** Acceptances so far, by what was accepted. */
  accepted: Record<Acceptance, number>;
}

export type Acceptance = 'filed' | 'ended' | 'contact made' | 'contact data changed';

/** What a restored backup undid, so that it counts as lost by definition. */
export interface Undone {
  region: string;
  takenAt: number;
  restoredAt: number;
  undone: Record<Acceptance, number>;
}

const NOTHING: Record<Acceptance, number> = {
  filed: 0,
  ended: 0,
  'contact made': 0,
  'contact data changed': 0,
};

/**
 * Everything that the federation accepted, written down as the answers come. A restored backup puts the record of its region back
 * as well: what was accepted since is lost by definition.
 */
export class Accepted {
  readonly undone: Undone[] = [];
  /** Requests that were refused although nothing was wrong with them, by what they were answered. */
  readonly refused = new Map<string, number>();
  /** Requests without an answer. */
  unanswered = 0;
  private readonly regions = new Map<string, RegionRecord>();

  constructor(filers: readonly Filer[]) {
    for (const { region, subject } of filers) {
      const record = this.regions.get(region) ?? {
        slots: new Map(),
        contacts: new Map(),
        phones: new Map(),
        deeds: [],
        accepted: { ...NOTHING },
      };
      record.phones.set(subject, new Set([FIRST_PHONE]));
      this.regions.set(region, record);
    }
  }

  slot(filer: Filer, youth: FamilyYouth): Slot {
    const { slots } = this.of(filer.region);
    const key = `${filer.subject} ${youth.bsn}`;
    const slot = slots.get(key) ?? { filer, youth, state: 'none', since: 0 };
    slots.set(key, slot);
    return slot;
  }

  get slots(): Slot[] {
    return [...this.regions.values()].flatMap(({ slots }) => [...slots.values()]);
  }

  get deeds(): Deed[] {
    return [...this.regions.values()].flatMap(({ deeds }) => deeds).sort((a, b) => a.at - b.at);
  }

  /** How much was accepted in all, what was undone since included. */
  count(what: Acceptance): number {
    return (
      [...this.regions.values()].reduce((sum, { accepted }) => sum + accepted[what], 0) +
      this.undone.reduce((sum, { undone }) => sum + undone[what], 0)
    );
  }

  filed(slot: Slot, at: number, number: string, id?: string): void {
    // nobody was mailed about this number before; if somebody was, a backup has given it out a second time
    Object.assign(slot, { state: 'live', number, id, since: at });
    this.note(slot, at, 'filed', true);
  }

  ended(slot: Slot, at: number): void {
    clear(slot);
    this.note(slot, at, 'ended', true);
  }

  /** No answer came, or that there is none any more: it may have been done all the same. */
  notAnswered(slot: Slot, at: number, what: Deed['what']): void {
    if (what === 'filed' && slot.state === 'none') slot.since = at;
    slot.state = 'unknown';
    slot.triedAt = Date.now();
    this.unanswered += 1;
    this.note(slot, at, what, false);
  }

  /** A repeat shows that an attempt without an answer had been successful. */
  found(slot: Slot, number: string): void {
    if (slot.number !== number) Object.assign(slot, { number, id: undefined });
    slot.state = 'live';
  }

  /** Nothing more is asked of it for a while, as after a request that was not answered. */
  leaveAlone(slot: Slot): void {
    slot.triedAt = Date.now();
  }

  gone(slot: Slot): void {
    clear(slot);
  }

  contactMade(filer: Filer, pair: string): void {
    const { contacts, accepted } = this.of(filer.region);
    contacts.set(filer.subject, (contacts.get(filer.subject) ?? new Set()).add(pair));
    accepted['contact made'] += 1;
  }

  contactsOf(filer: Filer): ReadonlySet<string> {
    return this.of(filer.region).contacts.get(filer.subject) ?? new Set();
  }

  phoneChanged(filer: Filer, phone: string, answered: boolean): void {
    const { phones, accepted } = this.of(filer.region);
    const before = phones.get(filer.subject)!;
    if (answered) {
      before.clear();
      accepted['contact data changed'] += 1;
    } else this.unanswered += 1;
    before.add(phone);
  }

  /** The numbers that a filer may have now. */
  phonesOf(filer: Filer): ReadonlySet<string> {
    return this.of(filer.region).phones.get(filer.subject)!;
  }

  refusal(answer: string): void {
    this.refused.set(answer, (this.refused.get(answer) ?? 0) + 1);
  }

  /**
   * Takes a copy of a region's record, while nobody files there and before its database is copied: mails may leave meanwhile.
   * @returns what puts it back, and says what that undid. It must be told whether others remember that a signal ended: then it
   * stays ended, else it may be back.
   */
  backUp(region: string): (restoredAt: number, isRemembered: (signalId: string) => boolean) => Undone {
    const takenAt = Date.now();
    const copy = copyOf(this.of(region));
    return (restoredAt, isRemembered) => {
      const now = this.of(region);
      const undone = Object.fromEntries(
        Object.entries(now.accepted).map(([what, count]) => [
          what,
          count - copy.accepted[what as Acceptance],
        ]),
      ) as Record<Acceptance, number>;
      for (const [key, slot] of copy.slots) {
        if (slot.state === 'none' || now.slots.get(key)?.number === slot.number) continue;
        slot.mayEndAgain = slot.number;
        if (slot.id !== undefined && isRemembered(slot.id)) clear(slot);
        else slot.state = 'unknown';
      }
      // what was done is done: others may have been told
      this.regions.set(region, { ...copy, deeds: now.deeds });
      const result = { region, takenAt, restoredAt, undone };
      this.undone.push(result);
      return result;
    };
  }

  private note({ filer, youth }: Slot, at: number, what: Deed['what'], accepted: boolean): void {
    const record = this.of(filer.region);
    record.deeds.push({ at, what, accepted, filer, youth });
    if (accepted) record.accepted[what] += 1;
  }

  private of(region: string): RegionRecord {
    return this.regions.get(region)!;
  }
}

function clear(slot: Slot): void {
  Object.assign(slot, { state: 'none', number: undefined, id: undefined });
}

const copyOf = ({ slots, contacts, phones, deeds, accepted }: RegionRecord): RegionRecord => ({
  slots: new Map([...slots].map(([key, slot]) => [key, { ...slot }])),
  contacts: new Map([...contacts].map(([key, pairs]) => [key, new Set(pairs)])),
  phones: new Map([...phones].map(([key, numbers]) => [key, new Set(numbers)])),
  deeds,
  accepted: { ...accepted },
});
