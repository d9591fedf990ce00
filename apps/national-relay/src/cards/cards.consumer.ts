import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { countRejected, Outbox, RethrowFilter, type MessageContext, type Outgoing } from '#libs/messaging';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import type { CardSend, ReceiptSend, RollSend } from '#libs/protocol';
import type { EntityManager } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { Matches } from '../matches/index.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';
import { refusalOf } from './rules/between-its-sides.rule.js';

/** Routes sealed cards and the receipts for them between the two sides of a match. It can read neither. */
@UseFilters(RethrowFilter)
@Controller()
export class CardsConsumer {
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
    const { pass, outcomes } = await this.judge(manager, from, cards, () => 'routed');
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
    const { manager, peer: from, afterCommit } = context as MessageContext;
    const admitted = this.register.admitted();
    const pass = rolls.filter(({ toRegion }) => toRegion !== from && admitted.includes(toRegion));
    await this.outbox.enqueueAll(
      manager,
      pass.map(({ toRegion, ...signed }): Outgoing<'roll.deliver'> => ({
        peer: toRegion,
        type: 'roll.deliver',
        body: { ...signed, fromRegion: from },
      })),
    );
    afterCommit(() => this.tell('roll', from, pass, new Map()));
  }

  /** Splits what passes from what is dropped, and counts each by what became of it. */
  private async judge<T extends { matchId: string; toRegion: string }>(
    manager: EntityManager,
    from: string,
    items: readonly T[],
    outcomeOf: (item: T) => string,
  ): Promise<{ pass: T[]; outcomes: Map<string, number> }> {
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
      outcomes: countsOf(items.map((item) => refusal(item) ?? outcomeOf(item))),
    };
  }

  private tell(
    what: 'card' | 'receipt' | 'roll',
    from: string,
    pass: readonly { toRegion: string }[],
    outcomes: ReadonlyMap<string, number>,
  ): void {
    for (const [to, count] of countsOf(pass.map(({ toRegion }) => toRegion)))
      this.logger.event(`${what}-routed`, { from, to, count });
    for (const reason of ['unknown-match', 'not-a-side']) {
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
