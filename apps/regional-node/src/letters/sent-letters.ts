import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '#libs/clock';
import { LinkRestarts } from '#libs/messaging';
import type { CaseForwardLetter, EraseReceiptLetter, MoveLetter } from '#libs/protocol';
import { IsNull, LessThan, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { ReleaseWindow } from '../federation/index.js';
import { LetterPost } from './letter-post.js';
import { LETTER_COUNTS_FOR } from './rules/letter-kept-until.rule.js';
import { SentLetter } from './sent-letter.entity.js';

/** How much of the time that a letter counts may be left before it is said again. */
const RENEW_AT = 28 * DAY;

type SaidByPost = 'v' | 'id' | 'version' | 'validUntil';
/** What another region is to know about a youth. */
export type Telling = { toRegion: string } & (
  Omit<MoveLetter, SaidByPost> | Omit<CaseForwardLetter, SaidByPost>
);

/**
 * Has other regions know what they are to know, and no longer than that.
 *
 * State, not events: `tell` is given all that other regions are to know about a youth at present. What they do not know yet, or otherwise, is
 * said; what they are not to know any more is taken back; what they know already is said again before it stops counting.
 *
 * What if a letter is lost with the relay's memory? All is said again when the youth is looked at next. What if an erase letter is, or its
 * receipt? It is said again daily, until the letter would not count any more anyway. What if this region goes back to a backup that
 * knows nothing of a letter? Then nobody says it again, and it goes by itself.
 */
@Injectable()
export class SentLetters {
  constructor(
    private readonly post: LetterPost,
    private readonly release: ReleaseWindow,
    private readonly audit: Audit,
    private readonly clock: Clock,
    links: LinkRestarts,
  ) {
    links.onRestart(async (manager) => {
      await manager.query(`update sent_letter set content = null`);
    });
  }

  /** Brings other regions in step with what they are to know about a youth. The caller holds the lock of the youth. */
  async tell(manager: EntityManager, youthId: string, tellings: readonly Telling[]): Promise<void> {
    const said = await manager.findBy(SentLetter, { youthId });
    for (const letter of said)
      if (!tellings.some((telling) => isOf(letter, telling))) await this.takeBack(manager, letter);
    for (const telling of tellings)
      await this.say(
        manager,
        telling,
        said.find((letter) => isOf(letter, telling)) ?? newLetter(youthId, telling),
      );
  }

  /** Another region forgot what it was told. */
  async erased(manager: EntityManager, from: string, { id, version }: EraseReceiptLetter): Promise<void> {
    const { affected } = await manager.update(
      SentLetter,
      {
        ...{ id, toRegion: from, youthId: IsNull(), erasedAt: IsNull() },
        ...{ outIncarnation: version.incarnation, outN: version.n },
      },
      { erasedAt: this.clock.now() },
    );
    if (affected) await this.audit.record(manager, SYSTEM, 'letter-erased', { region: from });
  }

  /** Takes back again what no region said that it forgot, and forgets what counts nowhere any more. @returns how many letters that were */
  async upkeep(manager: EntityManager): Promise<number> {
    const { affected } = await manager.delete(SentLetter, {
      ...{ youthId: IsNull(), validUntil: LessThan(this.clock.now()) },
    });
    const unanswered = await manager.findBy(SentLetter, { youthId: IsNull(), erasedAt: IsNull() });
    for (const letter of unanswered) await this.sayErase(manager, letter);
    return (affected ?? 0) + unanswered.length;
  }

  private async say(
    manager: EntityManager,
    { toRegion, ...content }: Telling,
    letter: SentLetter,
  ): Promise<void> {
    const hash = createHash('sha256').update(JSON.stringify(content)).digest();
    const now = this.clock.now();
    if (letter.content?.equals(hash) && letter.validUntil.getTime() > now.getTime() + RENEW_AT) return;
    const version = await this.post.versionAfter(manager, letter.outN);
    const validUntil = new Date(now.getTime() + LETTER_COUNTS_FOR);
    const head = { v: 1 as const, id: letter.id, version, validUntil: validUntil.toISOString() };
    const delay = letter.outN === 0 ? 0 : this.release.next();
    if (!(await this.post.send(manager, toRegion, { ...content, ...head }, { delay }))) return;
    if (letter.outN === 0)
      await this.audit.record(manager, SYSTEM, 'letter-sent', { region: toRegion, kind: content.kind });
    await manager.save(SentLetter, {
      ...letter,
      ...{ content: hash, validUntil, outIncarnation: version.incarnation, outN: version.n },
    });
  }

  private async takeBack(manager: EntityManager, letter: SentLetter): Promise<void> {
    await this.audit.record(manager, SYSTEM, 'letter-taken-back', { region: letter.toRegion });
    await this.sayErase(manager, { ...letter, youthId: null, content: null });
  }

  private async sayErase(manager: EntityManager, letter: SentLetter): Promise<void> {
    const version = await this.post.versionAfter(manager, letter.outN);
    const erase = { v: 1 as const, kind: 'erase' as const, id: letter.id, version };
    await this.post.send(manager, letter.toRegion, erase, { delay: this.release.next() });
    await manager.save(SentLetter, {
      ...letter,
      ...{ outIncarnation: version.incarnation, outN: version.n },
    });
  }
}

const isOf = (letter: SentLetter, { toRegion, kind, municipality }: Telling): boolean =>
  letter.toRegion === toRegion && letter.kind === kind && letter.municipality === municipality;

const newLetter = (youthId: string, { toRegion, kind, municipality }: Telling): SentLetter => ({
  ...{ id: randomUUID(), youthId, toRegion, kind, municipality },
  ...{ content: null, outIncarnation: 0, outN: 0, validUntil: new Date(0), erasedAt: null },
});
