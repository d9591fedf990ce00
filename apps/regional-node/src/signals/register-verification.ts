import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Bsn } from '#libs/bsn';
import { ageIsCertainlyAtLeast, birthdayLatest, dayInAmsterdam } from '#libs/calendar';
import { Clock, HOUR, MINUTE } from '#libs/clock';
import { DataSource, In, IsNull, LessThan, MoreThanOrEqual, Not, type EntityManager } from 'typeorm';
import { Archive } from '../archive/index.js';
import { SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Handles } from '../handles/index.js';
import { Matches } from '../matches/index.js';
import { Moves } from '../moves/index.js';
import { BATCH, PersonRegister, type PersonsRead, type RegisteredPerson } from '../person-register/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { SHARED, Signal, Youth, YouthRecords } from '../youths/index.js';
import { Families } from './families.js';
import { SignalRemoval } from './signal-removal.js';
import { SignalSharing } from './signal-sharing.js';

/** Who was asked about less than this ago is not asked about again: a run that was broken off goes on where it was. */
const FRESH = 20 * HOUR;

/** The person register does not answer; the work is tried again, and goes on where it stopped. */
class RegisterUnavailable extends Error {
  override name = 'RegisterUnavailable';
}

/** The person register refuses; the operators know what. */
class RegisterRefuses extends Error {
  override name = 'RegisterRefuses';
}

/** After so many batches of which nobody was answered the register counts as unavailable. */
const BATCHES_IN_VAIN = 2;

/**
 * Asks the person register every day whether what signals rest on is still so: that the youth lives and is under 23, who the parents are,
 * and where they live; for who is in the archive, that they live and are under 23. Nothing is asked about a youth without BSN. At the pace that the settings allow, twenty at a time.
 * About whom the register gives no answer that can be read is asked again the next time; the others go on.
 */
@Injectable()
@ScheduledWork({
  name: 'register-verification',
  title: 'Jeugdigen opnieuw verifiëren in het personenregister',
  schedule: { dailyAt: '03:00' },
})
export class RegisterVerification implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly register: PersonRegister,
    private readonly youthRecords: YouthRecords,
    private readonly families: Families,
    private readonly removal: SignalRemoval,
    private readonly sharing: SignalSharing,
    private readonly archive: Archive,
    private readonly handles: Handles,
    private readonly matches: Matches,
    private readonly moves: Moves,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  async run(stopping: () => boolean): Promise<number> {
    const since = new Date(this.clock.now().getTime() - FRESH);
    return (await this.verifyYouths(since, stopping)) + (await this.verifyArchive(since, stopping));
  }

  private async verifyYouths(since: Date, stopping: () => boolean): Promise<number> {
    let total = 0;
    let inVain = 0;
    const skipped: string[] = [];
    while (!stopping()) {
      const youths = await this.dataSource.manager.find(Youth, {
        where: { verifiedAt: LessThan(since), bsnIndex: Not(IsNull()), id: Not(In(skipped)) },
        order: { verifiedAt: 'asc', id: 'asc' },
        take: BATCH,
      });
      if (youths.length === 0) break;
      const numbers = youths.map((youth) => this.youthRecords.bsnOf(youth)!);
      const { persons, unanswered } = await this.ask(numbers);
      for (const [place, youth] of youths.entries()) {
        const bsn = numbers[place]!;
        if (unanswered.some((other) => other.equals(bsn))) {
          skipped.push(youth.id);
          continue;
        }
        const person = persons.get(bsn.revealDigits());
        await this.dataSource.transaction((manager) => this.followYouth(manager, youth, person));
      }
      inVain = unanswered.length === numbers.length ? inVain + 1 : 0;
      if (inVain === BATCHES_IN_VAIN) throw new RegisterUnavailable('asked in vain');
      total += youths.length - unanswered.length;
      this.matches.wake();
      await this.rest(youths.length);
    }
    return total;
  }

  private async verifyArchive(since: Date, stopping: () => boolean): Promise<number> {
    let total = 0;
    let inVain = 0;
    let last: Buffer | undefined;
    while (!stopping()) {
      const archived = await this.archive.unverified(since, BATCH, last);
      if (archived.length === 0) break;
      const numbers = archived.map((each) => this.archive.bsnOf(each));
      const { persons, unanswered } = await this.ask(numbers);
      const answered = archived.filter(
        (_each, place) => !unanswered.some((other) => other.equals(numbers[place]!)),
      );
      for (const archive of answered) {
        const bsn = this.archive.bsnOf(archive);
        const person = persons.get(bsn.revealDigits());
        await this.dataSource.transaction(async (manager) => {
          if (person && this.isBeyond(person)) return this.archive.destroy(manager, bsn);
          if (person) await this.archive.bringForward(manager, bsn, birthdayLatest(person.birthDate, 23));
          await this.archive.beFound(manager, bsn);
        });
      }
      await this.archive.verified(answered.map(({ youthIndex }) => youthIndex));
      inVain = answered.length === 0 ? inVain + 1 : 0;
      if (inVain === BATCHES_IN_VAIN) throw new RegisterUnavailable('asked in vain');
      total += answered.length;
      last = archived.at(-1)!.youthIndex;
      await this.rest(archived.length);
    }
    return total;
  }

  private async ask(numbers: readonly Bsn[]): Promise<PersonsRead> {
    const read = await this.register.personsOf(numbers, { actor: SYSTEM, purpose: 'verify' });
    if (read === 'unavailable') throw new RegisterUnavailable('asked in vain');
    if (read === 'refused') throw new RegisterRefuses('asked in vain');
    return read;
  }

  private rest(asked: number): Promise<void> {
    return pause((asked / this.config.verificationsPerMinute) * MINUTE);
  }

  private isBeyond(person: RegisteredPerson): boolean {
    return person.deceased || ageIsCertainlyAtLeast(person.birthDate, 23, dayInAmsterdam(this.clock.now()));
  }

  /** Has signals, matches and moves follow what the register says. Whom it does not know any more stays as they are. */
  private async followYouth(
    manager: EntityManager,
    { id }: Youth,
    person: RegisteredPerson | undefined,
  ): Promise<void> {
    if (!person) {
      await manager.update(Youth, { id }, { verifiedAt: this.clock.now() });
      return;
    }
    const { persons, before } = await this.families.lock(manager, person);
    const known = await manager.findOneBy(Youth, { id });
    // the last signal may have ended meanwhile
    if (!known) return;
    if (this.isBeyond(person)) {
      const signals = await manager.findBy(Signal, { youthId: id });
      const ids = signals.map((signal) => signal.id);
      await this.removal.removeAll(manager, ids, person.deceased ? 'deceased' : 'age', SYSTEM);
      await this.archive.destroy(manager, person.bsn);
      return;
    }
    await this.bringForward(manager, id, birthdayLatest(person.birthDate, 23));
    const youth = await this.youthRecords.save(manager, person);
    await this.sharing.keepFacts(manager, youth, person);
    if (!(await manager.existsBy(Signal, { youthId: id, ...SHARED }))) return;
    await this.moves.follow(manager, known, youth);
    await this.handles.begin(manager, persons);
    await this.matches.settle(manager, [...persons, ...before]);
  }

  /** A birth date that was corrected may bring the 23rd birthday nearer; never is a signal kept longer than was said. */
  private async bringForward(
    manager: EntityManager,
    youthId: string,
    birthday23: string | undefined,
  ): Promise<void> {
    if (birthday23 === undefined) return;
    const later = { youthId, removalDate: MoreThanOrEqual(birthday23) };
    await manager.update(Signal, later, { removalDate: birthday23, removalCause: 'age' });
  }
}
