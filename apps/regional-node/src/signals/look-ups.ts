import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY, SECOND } from '#libs/clock';
import { Problem, type ProblemCode } from '#libs/problems';
import { DataSource, In, LessThanOrEqual, MoreThan, Not, IsNull, type EntityManager } from 'typeorm';
import { Audit } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { HELD, idsOfPerson, Professional } from '../directory/index.js';
import { BlindIndex } from '../keys/index.js';
import type { RegisteredPerson } from '../person-register/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { CountedLookUp } from './counted-look-up.entity.js';
import { FilingLimitRaise } from './filing-limit-raise.entity.js';
import { openAgainAt, raised, type Limit } from './rules/look-up-limit.rule.js';
import type { Described } from './youth-identification.js';

/** How long a look-up is kept for review. */
export const REVIEWED = 30 * DAY;

/** Whom a look-up found, or by what a youth without BSN was described. */
type LookedUp = { person: RegisteredPerson } | { person?: undefined; described: Described };

/** Refusals that answer the question: they say that nobody fits, or that somebody does. */
const ANSWERS: readonly ProblemCode[] = ['youth-not-identified', 'one-more-datum', 'youth-not-eligible'];

/**
 * Counts what people look up and file, per person, and refuses more than their work explains.
 *
 * - A look-up counts before the register is asked, so that many at once pass no more than one after another. It stops counting when there was no
 *   answer, and when the same person shares a signal on that youth. An undone signal gives nothing back.
 * - A filing counts in its own transaction, and stays counted when it is undone or ended.
 *
 * Both hold the designations of the person, in the order of their ids. Ending counts nothing, and is never refused.
 */
@Injectable()
@ScheduledWork({
  name: 'look-ups',
  title: 'Vergeten wie is opgezocht, en na 30 dagen dat er is opgezocht',
  schedule: { everySeconds: 3_600 },
})
export class LookUps implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly blindIndex: BlindIndex,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks somebody up, and counts it.
   * @throws Problem `too-many-look-ups`, or `too-many-filings` for a look-up that is to end in a filing; what `lookUp` throws
   */
  async count<Found extends LookedUp>(
    professional: Professional,
    purpose: 'preview' | 'file' | 'link',
    lookUp: () => Promise<Found>,
  ): Promise<Found> {
    const kinds = purpose === 'preview' ? (['look-up'] as const) : (['look-up', 'filing'] as const);
    const id = await this.withinLimits(professional, kinds, (manager) =>
      this.insert(manager, professional, 'look-up'),
    );
    try {
      const found = await lookUp();
      const youthIndex = found.person
        ? this.blindIndex.of('youth', found.person.bsn)
        : found.described.person.index;
      await this.dataSource.manager.update(CountedLookUp, { id }, { youthIndex });
      return found;
    } catch (error) {
      const isAnswer = error instanceof Problem && ANSWERS.includes(error.code);
      if (!isAnswer) await this.dataSource.manager.delete(CountedLookUp, { id });
      throw error;
    }
  }

  /** Files or links, and counts it, in one transaction. @throws Problem `too-many-filings`; what `file` throws */
  async countFiling<Filed>(
    professional: Professional,
    file: (manager: EntityManager) => Promise<Filed>,
  ): Promise<Filed> {
    return this.withinLimits(professional, ['filing'], async (manager) => {
      const filed = await file(manager);
      await this.insert(manager, professional, 'filing');
      return filed;
    });
  }

  /** Gives back what a person looked up of a youth, in the transaction that shares their signal. */
  async giveBack(
    manager: EntityManager,
    professional: Professional,
    youthIndexes: readonly Buffer[],
  ): Promise<void> {
    const professionalId = In(await idsOfPerson(manager, professional));
    await manager.delete(CountedLookUp, { professionalId, kind: 'look-up', youthIndex: In(youthIndexes) });
  }

  /** Forgets whom a look-up was about when it counts no longer, and the look-up itself after its review. */
  async run(): Promise<number> {
    const now = this.clock.now().getTime();
    const { manager } = this.dataSource;
    const uncounted = { at: LessThanOrEqual(new Date(now - DAY)), youthIndex: Not(IsNull()) };
    const reviewed = new Date(now - REVIEWED);
    const results = [
      await manager.update(CountedLookUp, uncounted, { youthIndex: null }),
      await manager.delete(CountedLookUp, { at: LessThanOrEqual(reviewed) }),
      await manager.delete(FilingLimitRaise, { until: LessThanOrEqual(reviewed) }),
    ];
    return results.reduce((sum, { affected }) => sum + (affected ?? 0), 0);
  }

  /** Does something in a transaction that holds the person, unless a limit is reached. A refusal is in the logbook, and changes nothing else. */
  private async withinLimits<Done>(
    professional: Professional,
    kinds: readonly CountedLookUp['kind'][],
    work: (manager: EntityManager) => Promise<Done>,
  ): Promise<Done> {
    const outcome = await this.dataSource.transaction(async (manager) => {
      const ids = await this.hold(manager, professional);
      for (const kind of kinds) {
        const from = await this.openAgainAt(manager, ids, kind);
        if (!from) continue;
        await this.audit.record(manager, professional.id, 'look-up-refused', { limit: kind });
        return { refusal: this.refusal(kind, from) };
      }
      return { done: await work(manager) };
    });
    if (outcome.refusal) throw outcome.refusal;
    return outcome.done;
  }

  private async hold(manager: EntityManager, { subject }: Professional): Promise<string[]> {
    const designations = await manager.find(Professional, {
      where: { subject },
      order: { id: 'asc' },
      lock: HELD,
    });
    return designations.map(({ id }) => id);
  }

  private async openAgainAt(
    manager: EntityManager,
    ids: readonly string[],
    kind: CountedLookUp['kind'],
  ): Promise<Date | undefined> {
    const now = this.clock.now();
    const limits = await this.limitsOf(manager, ids, kind, now);
    const since = new Date(now.getTime() - Math.max(...limits.map(({ within }) => within)));
    const counted = await manager.find(CountedLookUp, {
      select: { at: true },
      where: { professionalId: In([...ids]), kind, at: MoreThan(since) },
    });
    const moments = counted.map(({ at }) => at);
    return openAgainAt(moments, limits, now);
  }

  private async limitsOf(
    manager: EntityManager,
    ids: readonly string[],
    kind: CountedLookUp['kind'],
    now: Date,
  ): Promise<Limit[]> {
    const { lookUpsPerDay, filingsPerDay, filingsPerWeek } = this.config;
    if (kind === 'look-up') return [{ most: lookUpsPerDay, within: DAY }];
    const limits = [
      { most: filingsPerDay, within: DAY },
      { most: filingsPerWeek, within: 7 * DAY },
    ];
    const isRaised = await manager.existsBy(FilingLimitRaise, {
      professionalId: In([...ids]),
      until: MoreThan(now),
    });
    return isRaised ? limits.map(raised) : limits;
  }

  private refusal(kind: CountedLookUp['kind'], from: Date): Problem {
    const retryAfter = Math.ceil((from.getTime() - this.clock.now().getTime()) / SECOND);
    return new Problem(kind === 'look-up' ? 'too-many-look-ups' : 'too-many-filings', { retryAfter });
  }

  private async insert(
    manager: EntityManager,
    { id: professionalId }: Professional,
    kind: CountedLookUp['kind'],
  ): Promise<string> {
    const id = randomUUID();
    await manager.insert(CountedLookUp, {
      ...{ id, professionalId, kind, youthIndex: null },
      at: this.clock.now(),
    });
    return id;
  }
}
