import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { MessageContext } from '#libs/messaging';
import type { CardDeliver, MatchClosed, MatchFound, ReceiptDeliver } from '#libs/protocol';
import { In } from 'typeorm';
import { Cards, FederatedMatch } from '../cards/index.js';
import { Handle, type PersonRef } from '../handles/index.js';
import { Matches } from './matches.js';

/** What the relay brings. Each handler works in the transaction of its batch. */
@Controller()
export class MatchesConsumer {
  constructor(
    private readonly cards: Cards,
    private readonly matches: Matches,
  ) {}

  @EventPattern('match.found')
  async found(@Payload() notices: MatchFound[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    const handles = notices.map((notice) => Buffer.from(notice.handle, 'base64url'));
    await this.matches.lock(manager, await personsOf(context as MessageContext, handles));
    await this.matches.settle(manager, await this.cards.noticed(manager, notices));
    afterCommit(() => this.matches.wake());
  }

  @EventPattern('match.closed')
  async closed(@Payload() notices: MatchClosed[], @Ctx() context: unknown): Promise<void> {
    await this.cards.closed((context as MessageContext).manager, notices);
  }

  @EventPattern('card.deliver')
  async delivered(@Payload() cards: CardDeliver[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    const matches = await manager.findBy(FederatedMatch, { matchId: In(cards.map((card) => card.matchId)) });
    await this.matches.lock(
      manager,
      await personsOf(
        context as MessageContext,
        matches.map((match) => match.handle),
      ),
    );
    await this.matches.settle(manager, await this.cards.delivered(manager, cards));
    afterCommit(() => this.matches.wake());
  }

  @EventPattern('receipt.deliver')
  async confirmed(@Payload() receipts: ReceiptDeliver[], @Ctx() context: unknown): Promise<void> {
    await this.cards.confirmed((context as MessageContext).manager, receipts);
  }
}

async function personsOf({ manager }: MessageContext, handles: Buffer[]): Promise<PersonRef[]> {
  const live = await manager.findBy(Handle, { handle: In(handles) });
  return live.map((handle) => ({ role: handle.role, index: handle.personIndex }));
}
