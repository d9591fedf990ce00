import { dayInAmsterdam } from '#libs/calendar';
import { FIRST_PHONE, municipalityOf, PEOPLE, REGIONS, type Person } from './cast.js';
import type { Youth } from './youths.js';

/** What is answered to somebody who files. */
export interface Filed {
  id: string;
  number: string;
  filedAt: string;
  removalDate: string;
}

/** A signal that was accepted. */
export interface Signal extends Filed {
  filer: Person;
  youth: Youth;
  /** Whether it was shared; until then nobody but its filer knows of it. */
  isShared: boolean;
}

interface Absence {
  from: string;
  until: string;
  replacement?: Person;
}

/** Somebody involved in a match, as another one sees them. */
interface Involved {
  kind: 'same-youth' | 'sibling';
  signal: Signal;
}

/** What leaves something for five years: nothing else may ever be told of a signal that ended. */
const GOES_TO_ARCHIVE = ['risk-gone', 'expired'];

/**
 * What is so, as far as people did it: who has which signals, is away or has left, and what the person register says. It is kept apart
 * from the software, and says in the simplest words what everybody may see.
 */
export class Truth {
  readonly signals: Signal[] = [];
  readonly absences = new Map<Person, Absence>();
  readonly departed = new Set<Person>();
  private readonly phones = new Map<Person, string>();
  /** Who is told about whom: municipalities to which a region passed a youth on, by region and youth. */
  private readonly passedOn = new Map<string, { municipality: string; by?: Person }[]>();
  private readonly archived: { youth: Youth; filer: Person }[] = [];
  /** Who could be seen by whom at any time, by address. */
  private readonly everSeen = new Map<string, Set<string>>();

  constructor(
    readonly youths: readonly Youth[],
    private readonly now: () => Date,
  ) {}

  get today(): string {
    return dayInAmsterdam(this.now());
  }

  signalsOf(person: Person): Signal[] {
    return this.signals.filter(({ filer }) => filer === person);
  }

  phoneOf(person: Person): string {
    return this.phones.get(person) ?? FIRST_PHONE;
  }

  setPhone(person: Person, phone: string): void {
    this.phones.set(person, phone);
  }

  file(filer: Person, youth: Youth, { id, number, filedAt, removalDate }: Filed): void {
    this.signals.push({ id, number, filedAt, removalDate, filer, youth, isShared: false });
  }

  /** The signals of which others may know. */
  private get shared(): Signal[] {
    return this.signals.filter(({ isShared }) => isShared);
  }

  share(id: string): void {
    this.signals.find((signal) => signal.id === id)!.isShared = true;
  }

  renew(signal: Signal, filed: Filed): void {
    this.signals.splice(this.signals.indexOf(signal), 1);
    this.file(signal.filer, signal.youth, filed);
    this.share(filed.id);
  }

  /** Somebody leaves; of the signals on a youth on whom the colleague has one already, nothing is left. */
  depart(person: Person, colleague?: Person): void {
    for (const signal of this.signalsOf(person)) {
      const has = colleague && this.signalsOf(colleague).some(({ youth }) => youth === signal.youth);
      if (colleague && !has) signal.filer = colleague;
      else this.end(signal, 'professional-departed');
    }
    this.departed.add(person);
    this.absences.delete(person);
    for (const absence of this.absences.values())
      if (absence.replacement === person) delete absence.replacement;
  }

  end(signal: Signal, reason: string): void {
    this.signals.splice(this.signals.indexOf(signal), 1);
    const { youth, filer } = signal;
    if (signal.isShared && GOES_TO_ARCHIVE.includes(reason)) this.archived.push({ youth, filer });
    // with the last signal of a region goes all that it knows of the youth
    if (!this.shared.some((other) => other.youth === youth && other.filer.region === filer.region))
      this.passedOn.delete(`${filer.region} ${youth.bsn}`);
  }

  /** A region passes a youth on who has moved, or whose case is forwarded by a process manager. */
  passOn(region: string, youth: Youth, to: { municipality: string; by?: Person }): void {
    const key = `${region} ${youth.bsn}`;
    this.passedOn.set(key, [...(this.passedOn.get(key) ?? []), to]);
  }

  /** Draws the consequences of the day and of what the register says. */
  catchUp(): void {
    this.remember();
    for (const signal of [...this.signals]) {
      if (signal.youth.isDead) this.end(signal, 'deceased');
      else if (signal.removalDate <= this.today) this.end(signal, isByAge(signal) ? 'age' : 'expired');
    }
    for (const youth of this.youths) {
      if (youth.isProtected) for (const { id } of REGIONS) this.passedOn.delete(`${id} ${youth.bsn}`);
      if (youth.isDead) this.forgetArchive(youth);
    }
    this.remember();
  }

  private remember(): void {
    for (const person of PEOPLE) {
      const seen = this.everSeen.get(person.email) ?? new Set();
      for (const email of this.addressesFor(person)) seen.add(email);
      this.everSeen.set(person.email, seen);
    }
  }

  /** What somebody sees of signals and matches, a line each, sorted; undefined for who is refused. */
  seenBy(person: Person): string[] | undefined {
    if (this.departed.has(person)) return undefined;
    const lines = person.role === 'process-manager' ? this.queueOf(person) : this.ownOf(person);
    return lines.sort();
  }

  /** Addresses of everybody whom somebody may see now, wherever. */
  addressesFor(person: Person): Set<string> {
    const involved =
      person.role === 'process-manager'
        ? [
            ...this.followedUpBy(person).flatMap((youth) => this.caseOf(person.region, youth)),
            ...this.told(person),
          ]
        : this.viewsOf(person).flatMap((own) => [{ signal: own }, ...this.involvedWith(own)]);
    const filers = involved.flatMap(({ signal: { filer } }) => [filer, this.reachedFor(filer)]);
    const told = this.passedOnTo(person).flatMap(({ by }) => (by ? [by] : []));
    const regions = new Set(filers.map(({ region }) => region));
    // of who leads it is only asked here that they are involved, or follow up for a region that is
    const leads = PEOPLE.filter(({ role, region }) => role === 'process-manager' && regions.has(region));
    const earlier = this.signalsOf(person).flatMap(({ youth }) => this.earlierOn(youth));
    return new Set([...filers, ...told, ...leads, ...earlier].map(({ email }) => email));
  }

  /** Addresses of everybody whom somebody could see at any time. */
  everSeenBy(address: string): ReadonlySet<string> {
    return this.everSeen.get(address) ?? new Set();
  }

  /** Who had a signal on a youth, in whichever region, of which an archive may tell. */
  earlierOn(youth: Youth): Person[] {
    return this.archived.flatMap((each) => (each.youth === youth ? [each.filer] : []));
  }

  /** Signals of whose youths a process manager is told because they moved to the municipality or were forwarded to it. */
  told(person: Person): { signal: Signal }[] {
    return this.passedOnTo(person).flatMap(({ region, bsn }) =>
      this.shared.flatMap((signal) =>
        signal.filer.region === region && signal.youth.bsn === bsn ? [{ signal }] : [],
      ),
    );
  }

  private passedOnTo({ municipality }: Person): { region: string; bsn: string; by?: Person }[] {
    return [...this.passedOn].flatMap(([key, tos]) => {
      const [region = '', bsn = ''] = key.split(' ');
      return tos.flatMap((to) => (to.municipality === municipality ? [{ region, bsn, by: to.by }] : []));
    });
  }

  /** The youths on whom a process manager follows up matches. */
  followedUpBy({ region, municipality }: Person): Youth[] {
    const home = REGIONS.find(({ id }) => id === region)!.municipalities as readonly string[];
    return this.youths.filter((youth) => {
      const [earliest] = this.shared
        .filter((signal) => signal.youth === youth && signal.filer.region === region)
        .sort((a, b) => a.filedAt.localeCompare(b.filedAt));
      if (!earliest || this.caseOf(region, youth).length === 0) return false;
      const isHome = !youth.isProtected && home.includes(youth.municipality);
      return municipality === (isHome ? youth.municipality : municipalityOf(earliest.filer));
    });
  }

  /** Everybody in the matches on a youth in a region; nobody when its signals match nobody. */
  private caseOf(region: string, youth: Youth): Involved[] {
    const own = this.shared.filter((signal) => signal.youth === youth && signal.filer.region === region);
    const others = own.flatMap((signal) => this.involvedWith(signal));
    if (others.length === 0) return [];
    const all = new Map(others.map((involved) => [involved.signal, involved]));
    for (const signal of own) all.set(signal, { kind: 'same-youth', signal });
    return [...all.values()];
  }

  private queueOf(person: Person): string[] {
    return this.followedUpBy(person).flatMap((youth) =>
      this.caseOf(person.region, youth).map((involved) => `follows up ${this.shown(involved)}`),
    );
  }

  private ownOf(person: Person): string[] {
    return [
      ...this.signalsOf(person).map(({ number }) => `has ${number}`),
      ...this.viewsOf(person).flatMap((own) =>
        this.involvedWith(own).map((involved) => `at ${own.number} ${this.shown(involved)}`),
      ),
    ];
  }

  /** Signals whose matches somebody sees: the own ones, and those of the absent for whom they stand in. */
  private viewsOf(person: Person): Signal[] {
    return this.shared.filter(({ filer }) => filer === person || this.standInOf(filer) === person);
  }

  /** Everybody else with a signal on the youth, or on a brother or sister. */
  private involvedWith(own: Signal): Involved[] {
    return this.shared.flatMap((signal): Involved[] => {
      if (signal.filer === own.filer) return [];
      if (signal.youth === own.youth) return [{ kind: 'same-youth', signal }];
      const isSibling = signal.youth.parents.some((parent) => own.youth.parents.includes(parent));
      return isSibling ? [{ kind: 'sibling', signal }] : [];
    });
  }

  private shown({ kind, signal }: Involved): string {
    const { email } = this.reachedFor(signal.filer);
    return `${kind} ${email} ${this.phoneOf(this.reachedFor(signal.filer))}`;
  }

  private reachedFor(filer: Person): Person {
    return this.standInOf(filer) ?? filer;
  }

  private standInOf(person: Person): Person | undefined {
    const { replacement } = this.absences.get(person) ?? {};
    const isAway = (who: Person) => {
      const absence = this.absences.get(who);
      return absence !== undefined && absence.from <= this.today && this.today <= absence.until;
    };
    return replacement && isAway(person) && !isAway(replacement) ? replacement : undefined;
  }

  private forgetArchive(youth: Youth): void {
    for (let at = this.archived.length - 1; at >= 0; at -= 1)
      if (this.archived[at]!.youth === youth) this.archived.splice(at, 1);
  }
}

/** Whether a signal ends because of the 23rd birthday: it leaves nothing, and cannot be renewed. */
export const isByAge = ({ removalDate, youth: { birthDate } }: Signal): boolean =>
  removalDate.slice(4) === birthDate.slice(4) &&
  Number(removalDate.slice(0, 4)) - Number(birthDate.slice(0, 4)) === 23;
