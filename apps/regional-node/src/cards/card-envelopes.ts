import { Injectable } from '@nestjs/common';
import { DAY } from '#libs/clock';
import { Link, Outbox, SetAside } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  CardTooLarge,
  ContactCard,
  RELAY,
  UnopenableCard,
  formOfCard,
  listedOn,
  openCard,
  parse,
  sealCard,
  type CardDeliver,
} from '#libs/protocol';
import { SealingKey } from '#libs/sealing';
import type { EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { RegionKeys, Registers } from '../federation/index.js';
import { Handles, type Handle } from '../handles/index.js';
import type { FederatedMatch } from './federated-match.entity.js';

/** How long a card counts. */
export const VALID_FOR = 35 * DAY;

/** Seals cards for another region and for the own database, and opens them. */
@Injectable()
export class CardEnvelopes {
  constructor(
    private readonly handles: Handles,
    private readonly outbox: Outbox,
    private readonly setAside: SetAside,
    private readonly registers: Registers,
    private readonly keys: RegionKeys,
    private readonly sealingKey: SealingKey,
    private readonly config: RegionalNodeConfig,
    private readonly logger: ProgramLogger,
  ) {}

  /**
   * Seals a card and queues it, under the next number of this match. A card that the other side would refuse is set aside.
   * @returns false when nothing was queued: the other region or the secret is not known, or the card is set aside
   */
  async send(
    manager: EntityManager,
    match: FederatedMatch,
    handle: Handle,
    card: ContactCard,
    delay: number,
  ): Promise<boolean> {
    const peer = this.registers.region(match.peerRegion);
    const secret = this.handles.secretOf(handle);
    if (!peer || !secret) return false;
    const version = { incarnation: await this.incarnation(manager), n: match.outN + 1 };
    const binding = {
      matchId: match.matchId,
      from: this.config.region,
      to: match.peerRegion,
      epoch: match.epoch,
      version,
    };
    const seal = (content: ContactCard) =>
      sealCard(content, binding, this.keys.card, peer.cardKey, secret.cardKey(match.epoch));
    let sealed: Awaited<ReturnType<typeof seal>>;
    try {
      sealed = await fitting(card, seal);
    } catch (error) {
      await this.setAside.note(manager, 'card', match.matchId, error);
      return false;
    }
    await this.setAside.forget(manager, 'card', [match.matchId]);
    match.outIncarnation = version.incarnation;
    match.outN = version.n;
    match.outForm = formOfCard(card);
    await this.outbox.enqueue(
      manager,
      RELAY,
      'card.send',
      { ...sealed, toRegion: match.peerRegion },
      { delay, coalesceKey: cardKey(match) },
    );
    return true;
  }

  /** What a card of another region says; undefined when it does not open. */
  async open(match: FederatedMatch, handle: Handle, card: CardDeliver): Promise<ContactCard | undefined> {
    const peer = this.registers.region(card.fromRegion);
    const secret = this.handles.secretOf(handle);
    if (!peer || !secret) return undefined;
    const binding = {
      matchId: card.matchId,
      from: card.fromRegion,
      to: this.config.region,
      epoch: match.epoch,
      version: card.version,
    };
    try {
      const { document, unreadable } = await openCard(
        card,
        binding,
        this.keys.card,
        peer.cardKey,
        secret.cardKey(match.epoch),
        this.config.wire,
      );
      if (unreadable.length > 0)
        this.logger.warning('card-partly-unreadable', {
          from: card.fromRegion,
          fields: unreadable.join(', '),
        });
      return document;
    } catch (error) {
      if (error instanceof UnopenableCard) return undefined;
      throw error;
    }
  }

  /** The other side's card as it was kept. */
  kept(match: FederatedMatch): ContactCard {
    return parse(ContactCard, this.sealingKey.open(`peer-card/${match.matchId}`, match.inCard!), 'dropped');
  }

  /** A card as it is kept with its match. */
  forKeeping(match: FederatedMatch, content: ContactCard): Buffer {
    return this.sealingKey.seal(`peer-card/${match.matchId}`, Buffer.from(JSON.stringify(content), 'utf8'));
  }

  private async incarnation(manager: EntityManager): Promise<number> {
    return (await manager.findOneBy(Link, { peer: RELAY }))?.outIncarnation ?? 1;
  }
}

/** Under which a card of ours stands in the outbox. */
export const cardKey = ({ matchId }: { matchId: string }): string => `card:${matchId}`;

/** Seals a card, leaving out its last entries, and counting them, when it has more in it than fits. */
async function fitting<T>(card: ContactCard, seal: (card: ContactCard) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await seal(card);
    } catch (error) {
      if (!(error instanceof CardTooLarge) || listedOn(card).length === 0) throw error;
      const { entries, possible, more } = card;
      card = {
        ...card,
        entries: entries.slice(0, -1),
        ...(possible ? { possible: possible.slice(0, -1) } : {}),
        more: more + 1,
      };
    }
  }
}
