import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { countRejected, Outbox, RethrowFilter, type MessageContext, type Outgoing } from '#libs/messaging';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import type { CardSend, LetterSend, ReceiptSend, RollSend } from '#libs/protocol';
import type { EntityManager } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { Matches } from '../matches/index.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';
import { refusalOf } from './rules/between-its-sides.rule.js';

/** What passes between any two regions that take part, without a match: how much of it, of one region for another, which may be away. */
const BETWEEN_REGIONS = {
  /** Enough for a hundred thousand matches, and no more than 60 MB. What comes on top is dropped; the next day's make up for it. */
  roll: { mostWaiting: 400, refusal: 'too-many-rolls' },
  /** More than anybody has to tell in a week, and no more than 5 MB. What comes on top is dropped; it is said again weekly. */
  letter: { mostWaiting: 200, refusal: 'too-many-letters' },
} as const;
type BetweenRegions = keyof typeof BETWEEN_REGIONS;
const keyOf = (what: BetweenRegions, from: string): string => `${what}:${from}:`;
/** Of cards for matches that there are not, so many are answered that there is none; a region that makes them up fills no database. */
const MOST_CLOSINGS_WAITING = 1_000;
const REFUSALS = ['unknown-match', 'not-a-side', 'unknown-receiver', 'too-many-rolls', 'too-many-letters'];

/** Routes sealed cards and the receipts for them between the two sides of a match, rolls and sealed letters between regions. It can read no card or letter. */
@UseFilters(RethrowFilter)
@Controller()
export class RoutingConsumer {
  constructor(
    private readonly matches: Matches,
    private readonly outbox: Outbox,
    private readonly register: Register,
    private readonly alarms: Alarms,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('card.send')
  async card(@Payload() cards: CardSend[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: from, afterCommit } = context as MessageContext;
    const { pass, outcomes, unknown } = await this.judge(manager, from, cards, () => 'routed');
    await this.sayUnknown(manager, from, unknown);
    await this.outbox.enqueueAll(
      manager,
      newestOf(pass).map(({ toRegion, ...card }): Outgoing<'card.deliver'> => ({
        peer: toRegion,
        type: 'card.deliver',
        body: { ...card, fromRegion: from },
        options: { coalesceKey: `card:${card.matchId}:${from}` },
      })),
    );
    afterCommit(() => {
      for (const [outcome, count] of outcomes) metrics.cards.inc({ region: from, outcome }, count);
      this.tell('card', from, pass, outcomes);
    });
  }

  @EventPattern('receipt.send')
  async receipt(@Payload() receipts: ReceiptSend[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: from, afterCommit } = context as MessageContext;
    const { pass, outcomes } = await this.judge(manager, from, receipts, ({ outcome }) => outcome);
    await this.outbox.enqueueAll(
      manager,
      newestOf(pass).map(({ toRegion, ...receipt }): Outgoing<'receipt.deliver'> => ({
        peer: toRegion,
        type: 'receipt.deliver',
        body: { ...receipt, fromRegion: from },
        options: { coalesceKey: `receipt:${receipt.matchId}:${from}` },
      })),
    );
    const unopenable = pass.filter(({ outcome }) => outcome === 'unopenable').map(({ toRegion }) => toRegion);
    // either side may be at fault: its key, its secret, or somebody who makes up cards
    for (const [party, count] of countsOf([...unopenable, ...unopenable.map(() => from)]))
      await this.alarms.raise('unopenable-cards', party, count, manager);
    afterCommit(() => {
      for (const [outcome, count] of outcomes) metrics.receipts.inc({ region: from, outcome }, count);
      this.tell('receipt', from, pass, outcomes);
    });
  }

  @EventPattern('roll.send')
  async roll(@Payload() rolls: RollSend[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: from } = context as MessageContext;
    const pass = await this.between('roll', rolls, context as MessageContext);
    await this.outbox.enqueueAll(
      manager,
      pass.map(({ toRegion, ...signed }): Outgoing<'roll.deliver'> => ({
        peer: toRegion,
        type: 'roll.deliver',
        body: { ...signed, fromRegion: from },
        options: { coalesceKey: `${keyOf('roll', from)}${signed.signature}` },
      })),
    );
  }

  @EventPattern('letter.send')
  async letter(@Payload() letters: LetterSend[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: from } = context as MessageContext;
    const pass = await this.between('letter', letters, context as MessageContext);
    await this.outbox.enqueueAll(
      manager,
      pass.map(({ toRegion, ...sealed }): Outgoing<'letter.deliver'> => ({
        peer: toRegion,
        type: 'letter.deliver',
        body: { ...sealed, fromRegion: from },
        options: { coalesceKey: `${keyOf('letter', from)}${sealed.enc}` },
      })),
    );
  }

  /** Tells a region that there is no such match: it may still have one of which the other side's last word was lost. */
  private async sayUnknown(
    manager: EntityManager,
    region: string,
    cards: readonly CardSend[],
  ): Promise<void> {
    if (cards.length === 0) return;
    const [{ waiting }] = await manager.query<[{ waiting: number }]>(
      `select count(*)::int as waiting from outbox_message where peer = $1 and type = 'match.closed'`,
      [region],
    );
    await this.outbox.enqueueAll(
      manager,
      newestOf(cards)
        .slice(0, Math.max(0, MOST_CLOSINGS_WAITING - waiting))
        .map(({ matchId }): Outgoing<'match.closed'> => ({
          peer: region,
          type: 'match.closed',
          body: { matchId, unknown: true },
          options: { coalesceKey: `closed:${matchId}` },
        })),
    );
  }

  /** Keeps what may pass to a region that takes part and for which not too much waits. The rest is dropped, and counted. */
  private async between<T extends { toRegion: string }>(
    what: BetweenRegions,
    items: readonly T[],
    { manager, peer: from, afterCommit }: MessageContext,
  ): Promise<T[]> {
    const room = await this.roomFor(manager, what, from);
    const pass: T[] = [];
    const dropped: string[] = [];
    for (const item of items) {
      const left = room.get(item.toRegion);
      if (!left) dropped.push(left === undefined ? 'unknown-receiver' : BETWEEN_REGIONS[what].refusal);
      else {
        room.set(item.toRegion, left - 1);
        pass.push(item);
      }
    }
    await countRejected(manager, from, dropped, this.clock.now());
    afterCommit(() => this.tell(what, from, pass, countsOf(dropped)));
    return pass;
  }

  /** How much more of a region may wait, for each region that takes part. */
  private async roomFor(
    manager: EntityManager,
    what: BetweenRegions,
    from: string,
  ): Promise<Map<string, number>> {
    const rows = await manager.query<{ peer: string; waiting: number }[]>(
      `select peer, count(*)::int as waiting from outbox_message where coalesce_key like $1 group by peer`,
      [`${keyOf(what, from)}%`],
    );
    const waiting = new Map(rows.map((row) => [row.peer, row.waiting]));
    const { mostWaiting } = BETWEEN_REGIONS[what];
    const others = this.register.admitted().filter((region) => region !== from);
    return new Map(others.map((region) => [region, Math.max(0, mostWaiting - (waiting.get(region) ?? 0))]));
  }

  /** Splits what passes from what is dropped, and counts each by what became of it. */
  private async judge<T extends { matchId: string; toRegion: string }>(
    manager: EntityManager,
    from: string,
    items: readonly T[],
    outcomeOf: (item: T) => string,
  ): Promise<{ pass: T[]; outcomes: Map<string, number>; unknown: T[] }> {
    const sides = await this.matches.sidesOf(
      manager,
      items.map(({ matchId }) => matchId),
    );
    const refusal = (item: T) => refusalOf(sides.get(item.matchId), from, item.toRegion);
    await countRejected(
      manager,
      from,
      items.flatMap((item) => refusal(item) ?? []),
      this.clock.now(),
    );
    return {
      pass: items.filter((item) => !refusal(item)),
      unknown: items.filter((item) => refusal(item) === 'unknown-match'),
      outcomes: countsOf(items.map((item) => refusal(item) ?? outcomeOf(item))),
    };
  }

  private tell(
    what: 'card' | 'receipt' | BetweenRegions,
    from: string,
    pass: readonly { toRegion: string }[],
    outcomes: ReadonlyMap<string, number>,
  ): void {
    for (const [to, count] of countsOf(pass.map(({ toRegion }) => toRegion)))
      this.logger.event(`${what}-routed`, { from, to, count });
    for (const reason of REFUSALS) {
      const count = outcomes.get(reason);
      if (count) this.logger.warning(`${what}-dropped`, { from, reason, count });
    }
  }
}

/**
 * The last one for each match: they come in their sender's order, so that is the newest, and one that still waits for the other side is
 * out of date. A region that repeats itself fills nobody's inbox.
 */
const newestOf = <T extends { matchId: string }>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [item.matchId, item])).values(),
];

/** How often each word occurs, in alphabetical order. */
function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of [...words].sort()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
