import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { RethrowFilter, type MessageContext } from '#libs/messaging';
import type { CardDeliver, MatchClosed, MatchFound, ReceiptDeliver, RollDeliver } from '#libs/protocol';
import { In, type EntityManager } from 'typeorm';
import { Cards, FederatedMatch, Rolls } from '../cards/index.js';
import { Handle, type PersonRef } from '../handles/index.js';
import { lockEverybody } from '../youths/index.js';
import { Matches } from './matches.js';

/**
 * What the relay brings. Each handler works in the transaction of its batch. The first one holds everybody whom the whole batch
 * concerns: taking hold of some, and later of more, would be a deadlock with somebody who files.
 */
@UseFilters(RethrowFilter)
@Controller()
export class MatchesConsumer {
  private readonly held = new WeakSet<EntityManager>();

  constructor(
    private readonly cards: Cards,
    private readonly rolls: Rolls,
    private readonly matches: Matches,
  ) {}

  @EventPattern('match.found')
  async found(@Payload() notices: MatchFound[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    await this.hold(context as MessageContext);
    await this.matches.settle(manager, await this.cards.noticed(manager, notices));
    afterCommit(() => this.matches.wake());
  }

  @EventPattern('match.closed')
  async closed(@Payload() notices: MatchClosed[], @Ctx() context: unknown): Promise<void> {
    const { manager } = context as MessageContext;
    await this.hold(context as MessageContext);
    await this.rolls.want(manager, await this.cards.closed(manager, notices));
  }

  @EventPattern('card.deliver')
  async delivered(@Payload() cards: CardDeliver[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    await this.hold(context as MessageContext);
    await this.matches.settle(manager, await this.cards.delivered(manager, cards));
    afterCommit(() => this.matches.wake());
  }

  @EventPattern('roll.deliver')
  async compared(@Payload() rolls: RollDeliver[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    const persons = await this.rolls.taken(manager, rolls);
    await this.matches.lock(manager, persons);
    await this.matches.settle(manager, persons);
    afterCommit(() => this.matches.wake());
  }

  @EventPattern('receipt.deliver')
  async confirmed(@Payload() receipts: ReceiptDeliver[], @Ctx() context: unknown): Promise<void> {
    await this.hold(context as MessageContext);
    await this.cards.confirmed((context as MessageContext).manager, receipts);
  }

  private async hold({ manager, batch }: MessageContext): Promise<void> {
    if (this.held.has(manager)) return;
    this.held.add(manager);
    // a recovery that ends says everything again
    if (batch.some(({ type }) => type === 'recall')) await lockEverybody(manager);
    const bodies = batch.map(({ body }) => body as Partial<MatchFound>);
    const matches = await manager.findBy(FederatedMatch, {
      matchId: In(bodies.flatMap(({ matchId }) => matchId ?? [])),
    });
    const live = await manager.findBy(Handle, {
      handle: In([
        ...matches.map(({ handle }) => handle),
        // a card may follow in the same batch on the notice of its match
        ...bodies.flatMap(({ handle }) => (handle === undefined ? [] : Buffer.from(handle, 'base64url'))),
      ]),
    });
    await this.matches.lock(
      manager,
      live.map(({ role, personIndex }): PersonRef => ({ role, index: personIndex })),
    );
  }
}
