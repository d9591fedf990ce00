import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import {
  isLater,
  type CaseForwardLetter,
  type Contact,
  type EraseLetter,
  type MoveLetter,
  type Version,
} from '#libs/protocol';
import { SealingKey } from '#libs/sealing';
import { In, IsNull, LessThanOrEqual, MoreThan, Not, type EntityManager } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { processManagersOf } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { MailQueue, MOVE_OVER, noticeMail } from '../mails/index.js';
import { Municipalities } from '../municipalities/index.js';
import { LetterPost } from './letter-post.js';
import { ReceivedLetter } from './received-letter.entity.js';
import { LETTER_COUNTS_FOR, letterKeptUntil } from './rules/letter-kept-until.rule.js';

/** How many letters of one region are kept, so that none fills the database of another. */
const MOST_KEPT = 2_000;

/** What a letter told: whom to speak with. */
interface Told {
  professionals: Contact[];
  more: number;
  forwardedBy?: Contact;
}

/** A letter that waits for a process manager. */
export interface WaitingLetter extends Told {
  id: string;
  kind: 'move' | 'case-forward';
  fromRegion: string;
  receivedAt: Date;
}

/**
 * Keeps what other regions told process managers here. A letter waits until it is placed, taken back, or not said again in time; what it told
 * is destroyed then, and only its name stays for as long as an older copy could come.
 */
@Injectable()
export class ReceivedLetters {
  constructor(
    private readonly post: LetterPost,
    private readonly registers: Registers,
    private readonly covenants: Covenants,
    private readonly municipalities: Municipalities,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly sealingKey: SealingKey,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Takes what a region tells. A repeat, and what came before what is known, changes nothing. */
  async take(manager: EntityManager, from: string, letter: MoveLetter | CaseForwardLetter): Promise<void> {
    const now = this.clock.now();
    const { kind, municipality, version, professionals, more } = letter;
    if (!this.mayBeHere(municipality)) return this.post.refuse(manager, from, 'letter-for-elsewhere');
    const validUntil = letterKeptUntil(new Date(letter.validUntil), now);
    if (validUntil <= now) return this.post.refuse(manager, from, 'letter-expired');
    const known = await this.known(manager, from, letter.id);
    if (known && !isNews(version, known)) return;
    if (!known && (await this.isFull(manager, from)))
      return this.post.refuse(manager, from, 'too-many-letters');
    const id = known?.id ?? randomUUID();
    const told: Told = {
      ...{ professionals, more },
      ...(letter.kind === 'case-forward' ? { forwardedBy: letter.forwardedBy } : {}),
    };
    const sealed = this.sealingKey.seal(`letter/${id}`, Buffer.from(JSON.stringify(told), 'utf8'));
    await manager.save(ReceivedLetter, {
      ...{ id, fromRegion: from, letterId: letter.id, kind, municipality, validUntil, erasedAt: null },
      ...{ inIncarnation: version.incarnation, inN: version.n },
      ...{ receivedAt: known?.receivedAt ?? now, placedAt: known?.placedAt ?? null },
      // whoever was told and placed it, is not told again
      content: known?.placedAt ? null : sealed,
    });
    if (known) return;
    await this.tellProcessManagers(manager, id, letter);
    await this.audit.record(manager, SYSTEM, 'letter-received', { region: from, kind });
    this.logger.event('letter-received', { from, kind });
  }

  /** A code that our table lacks may stand for a municipality of ours in the newer table of the other region; it is shown when ours has it. */
  private mayBeHere(municipality: string): boolean {
    const region = this.registers.regionOf(municipality);
    const isUnknown = this.municipalities.table().factOf(municipality) === undefined;
    return region === this.config.region || (region === undefined && isUnknown);
  }

  /** Forgets what a region takes back, and says so. */
  async forget(manager: EntityManager, from: string, { id: letterId, version }: EraseLetter): Promise<void> {
    const known = await this.known(manager, from, letterId);
    if ((known && isNews(version, known)) || (!known && !(await this.isFull(manager, from)))) {
      const now = this.clock.now();
      await manager.save(ReceivedLetter, {
        ...{
          id: known?.id ?? randomUUID(),
          fromRegion: from,
          letterId,
          receivedAt: known?.receivedAt ?? now,
        },
        ...{ kind: null, municipality: null, content: null, placedAt: null, erasedAt: now },
        ...{ inIncarnation: version.incarnation, inN: version.n },
        validUntil: new Date(now.getTime() + LETTER_COUNTS_FOR),
      });
      if (known) await this.audit.record(manager, SYSTEM, 'letter-forgotten', { region: from });
      if (known?.content) await this.tellItIsOver(manager, known);
      this.logger.event('letter-forgotten', { from });
    }
    await this.post.send(manager, from, { v: 1, kind: 'erase-receipt', id: letterId, version });
  }

  /** The letters that wait for the process managers of these municipality codes, the oldest first. */
  async waitingIn(manager: EntityManager, codes: readonly string[]): Promise<WaitingLetter[]> {
    const letters = await manager.find(ReceivedLetter, {
      where: { municipality: In([...codes]), content: Not(IsNull()), validUntil: MoreThan(this.clock.now()) },
      order: { receivedAt: 'asc', id: 'asc' },
    });
    return letters.map(({ id, kind, fromRegion, receivedAt, content }) => ({
      ...{ id, kind: kind!, fromRegion, receivedAt },
      ...(JSON.parse(this.sealingKey.open(`letter/${id}`, content!).toString('utf8')) as Told),
    }));
  }

  /** Notes that a process manager saw to it. @returns false when no such letter waits under these municipality codes */
  async place(manager: EntityManager, id: string, codes: readonly string[]): Promise<boolean> {
    const now = this.clock.now();
    const { affected } = await manager.update(
      ReceivedLetter,
      { id, municipality: In([...codes]), content: Not(IsNull()), validUntil: MoreThan(now) },
      { placedAt: now, content: null },
    );
    return affected === 1;
  }

  /** Destroys what counts no longer, and all of regions that were removed. @returns how many letters that were */
  async upkeep(manager: EntityManager): Promise<number> {
    const { affected } = await manager.delete(ReceivedLetter, {
      validUntil: LessThanOrEqual(this.clock.now()),
    });
    const rows = await manager.query<{ region: string }[]>(
      `select distinct from_region as region from received_letter`,
    );
    let removed = 0;
    for (const { region } of rows)
      if (this.registers.isRemoved(region))
        removed += (await manager.delete(ReceivedLetter, { fromRegion: region })).affected ?? 0;
    return (affected ?? 0) + removed;
  }

  private known(
    manager: EntityManager,
    fromRegion: string,
    letterId: string,
  ): Promise<ReceivedLetter | null> {
    return manager.findOne(ReceivedLetter, {
      where: { fromRegion, letterId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async isFull(manager: EntityManager, fromRegion: string): Promise<boolean> {
    return (await manager.countBy(ReceivedLetter, { fromRegion })) >= MOST_KEPT;
  }

  /** Tells the process managers who were told of a letter that it was taken back, in the same words for every cause. */
  private async tellItIsOver(
    manager: EntityManager,
    { id, kind, municipality }: ReceivedLetter,
  ): Promise<void> {
    const { document } = await this.covenants.current(manager);
    for (const to of await processManagersOf(manager, this.municipalities.codesOf([municipality!]))) {
      const mail = noticeMail({
        ...{ indexName: document.name, region: this.config.region, to },
        ...{ about: ['letter-over', id], ...(kind === 'move' ? MOVE_OVER : CASE_OVER) },
      });
      await this.mails.queue(manager, { ...mail, supersedesKey: `letters-over/${to.id}` });
    }
  }

  /** Says that there is something, never what. A region that writes all the time floods nobody. */
  private async tellProcessManagers(
    manager: EntityManager,
    id: string,
    { kind, municipality }: MoveLetter | CaseForwardLetter,
  ): Promise<void> {
    const { document } = await this.covenants.current(manager);
    for (const processManager of await processManagersOf(
      manager,
      this.municipalities.codesOf([municipality]),
    )) {
      const mail = noticeMail({
        ...{ indexName: document.name, region: this.config.region, to: processManager },
        ...{ about: ['letter', id], ...TEXTS[kind] },
      });
      await this.mails.queue(manager, { ...mail, supersedesKey: `letters/${kind}/${processManager.id}` });
    }
  }
}

const TEXTS = {
  move: {
    subject: 'een jeugdige met een signaal is in uw gemeente komen wonen',
    paragraphs: [
      'Een jeugdige op wie in een andere regio een signaal rust, is naar uw gemeente verhuisd.',
      'Na het inloggen ziet u welke professionals betrokken zijn.',
    ],
  },
  'case-forward': {
    subject: 'een zaak is naar u doorgestuurd',
    paragraphs: [
      'Een procesmanager van een andere regio heeft u een zaak doorgestuurd die bij uw gemeente hoort.',
      'Na het inloggen ziet u wie dat is en welke professionals betrokken zijn.',
    ],
  },
};

const CASE_OVER = {
  subject: 'een zaak die naar u was doorgestuurd is er niet meer',
  paragraphs: [
    'Een zaak die naar u was doorgestuurd, en waarover u bericht kreeg, is er niet meer.',
    'U hoeft niets te doen.',
  ],
};

const isNews = (version: Version, { inIncarnation: incarnation, inN: n }: ReceivedLetter): boolean =>
  isLater(version, { incarnation, n });
