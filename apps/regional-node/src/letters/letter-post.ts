import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { countRejected, Link, Outbox, SetAside, type EnqueueOptions } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  LetterTooLarge,
  RELAY,
  UnopenableLetter,
  openLetter,
  sealLetter,
  type CaseForwardLetter,
  type Letter,
  type LetterDeliver,
  type MoveLetter,
  type Version,
} from '#libs/protocol';
import type { EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { RegionKeys, Registers } from '../federation/index.js';

/** Seals letters and queues them for another region; opens those of others. */
@Injectable()
export class LetterPost {
  constructor(
    private readonly outbox: Outbox,
    private readonly setAside: SetAside,
    private readonly registers: Registers,
    private readonly keys: RegionKeys,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Queues a letter. One of the same id that has not left yet is replaced. @returns false when the region does not take part, or the letter is set aside */
  async send(
    manager: EntityManager,
    to: string,
    letter: Letter,
    options: EnqueueOptions = {},
  ): Promise<boolean> {
    const peer = this.registers.region(to);
    if (!peer) return false;
    const way = { from: this.config.region, to };
    let sealed: Awaited<ReturnType<typeof sealLetter>>;
    try {
      sealed = await fitting(letter, (each) => sealLetter(each, way, this.keys.card, peer.cardKey));
    } catch (error) {
      await this.setAside.note(manager, 'letter', letter.id, error);
      return false;
    }
    await this.setAside.forget(manager, 'letter', [letter.id]);
    await this.outbox.enqueue(
      manager,
      RELAY,
      'letter.send',
      { ...sealed, toRegion: to },
      { ...options, coalesceKey: `letter:${letter.kind === 'erase-receipt' ? 'receipt:' : ''}${letter.id}` },
    );
    return true;
  }

  /** Opens what another region sent; what does not open is counted, and undefined. */
  async open(manager: EntityManager, { fromRegion, ...sealed }: LetterDeliver): Promise<Letter | undefined> {
    const peer = this.registers.peer(fromRegion);
    if (!peer) return this.refuse(manager, fromRegion, 'unknown-sender');
    try {
      const way = { from: fromRegion, to: this.config.region };
      return await openLetter(sealed, way, this.keys.card, peer.cardKey, this.config.wire);
    } catch (error) {
      if (error instanceof UnopenableLetter) return this.refuse(manager, fromRegion, 'unopenable-letter');
      throw error;
    }
  }

  /** Counts a letter that is not taken, for the operator. */
  async refuse(manager: EntityManager, from: string, reason: string): Promise<undefined> {
    await countRejected(manager, from, [reason], this.clock.now());
    this.logger.warning('letter-refused', { from, reason });
  }

  /** The version after `n` of something that this region says. */
  async versionAfter(manager: EntityManager, n: number): Promise<Version> {
    const link = await manager.findOneBy(Link, { peer: RELAY });
    return { incarnation: link?.outIncarnation ?? 1, n: n + 1 };
  }
}

/** Seals a letter, leaving out the last professionals, and counting them, when it has more in it than fits. */
async function fitting<T>(letter: Letter, seal: (letter: Letter) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await seal(letter);
    } catch (error) {
      if (!(error instanceof LetterTooLarge) || !tells(letter)) throw error;
      letter = { ...letter, professionals: letter.professionals.slice(0, -1), more: letter.more + 1 };
    }
  }
}

/** Whether a letter tells of professionals, rather than of another letter. */
export const tells = (letter: Letter): letter is MoveLetter | CaseForwardLetter =>
  letter.kind === 'move' || letter.kind === 'case-forward';
