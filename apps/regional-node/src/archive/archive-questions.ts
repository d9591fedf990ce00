import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, HOUR } from '#libs/clock';
import { LinkRestarts, Outbox, OutboxSender } from '#libs/messaging';
import { RELAY } from '#libs/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { ReleaseWindow } from '../federation/index.js';
import {
  Handles,
  SecretQueue,
  askKey,
  type Handle,
  type PersonRef,
  type SecretListener,
} from '../handles/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { Signal, Youth, YouthRecords } from '../youths/index.js';
import { ArchiveQuestion } from './archive-question.entity.js';
import { COUNTS_FOR, questionCounts } from './rules/question-counts.rule.js';

/**
 * Asks the archives of other regions about the youth of a new signal, once.
 *
 * Who is asked about? The youth, and to the same appearance the parents and who is described without BSN, of whom no archive has anything:
 * so the relay does not learn which handle is the youth's. What they ask is not remembered.
 *
 * When does a question leave? With the tag of the person, which the relay must have, else at once for a youth and at a random moment for a
 * parent. A person whose secret is not known yet is asked about when it is.
 *
 * What if the relay, or this node, lost its memory? Questions that still count are asked again an hour later: by then other regions have put
 * their tags again. A region that is away for longer than that after the relay lost everything is not asked. With a question goes its signal, so
 * a restored backup asks for the signals that it has.
 */
@Injectable()
@ScheduledWork({
  name: 'archive-questions',
  title: 'Vragen aan archieven van andere regio’s herhalen en opruimen',
  schedule: { everySeconds: 3_600 },
})
export class ArchiveQuestions implements Work, SecretListener, OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly handles: Handles,
    private readonly secrets: SecretQueue,
    private readonly youthRecords: YouthRecords,
    private readonly outbox: Outbox,
    private readonly sender: OutboxSender,
    private readonly release: ReleaseWindow,
    private readonly clock: Clock,
    links: LinkRestarts,
  ) {
    links.onRestart((manager) => this.askLater(manager));
  }

  onModuleInit(): void {
    this.secrets.onSecrets(this);
  }

  /** Asks what a new signal is to ask, in the transaction that files it, when the handles of its persons have begun. */
  async begin(manager: EntityManager, signal: Signal, persons: readonly PersonRef[]): Promise<void> {
    const now = this.clock.now();
    if (!questionCounts(signal.filedAt, now)) return;
    const question = { question: randomBytes(16), signalId: signal.id, askFrom: now };
    // of a youth without BSN there is nothing in an archive: they are asked about for the appearance only
    if (persons.some(({ role }) => role === 'youth')) await manager.insert(ArchiveQuestion, question);
    await this.settle(manager, persons);
  }

  /** Asks about those of these persons whose secret is known. */
  async settle(manager: EntityManager, persons: readonly PersonRef[]): Promise<void> {
    for (const handle of await this.askable(manager, persons)) {
      const alone = handle.role === 'youth' ? 0 : this.release.next();
      await this.askAbout(manager, handle, (await this.handles.putWaitsFor(manager, handle)) ?? alone);
    }
  }

  /** Asks again what has to be, and forgets what counts no longer. @returns how many questions that were */
  async run(stopping: () => boolean): Promise<number> {
    const now = this.clock.now();
    const rows = await this.dataSource.query<{ youth_id: string }[]>(
      `select distinct s.youth_id from archive_question q join signal s on s.id = q.signal_id
       where ${MUST_BE_ASKED('$1')} and s.filed_at > $2`,
      [now, new Date(now.getTime() - COUNTS_FOR)],
    );
    let done = 0;
    for (const { youth_id: id } of rows) {
      if (stopping()) return done;
      done += await this.dataSource.transaction((manager) => this.askAgain(manager, id));
    }
    this.sender.wake();
    return done + (await this.forgetOld());
  }

  private async askAgain(manager: EntityManager, youthId: string): Promise<number> {
    const youth = await manager.findOneBy(Youth, { id: youthId });
    if (!youth) return 0;
    const handles = await this.askable(manager, await this.youthRecords.personsOf(manager, youth));
    // all at once would draw the family
    for (const handle of handles) await this.askAbout(manager, handle, this.release.next());
    return handles.filter(({ role }) => role === 'youth').length;
  }

  /** The handles of these persons about whom can be asked: the newest of each. */
  private async askable(manager: EntityManager, persons: readonly PersonRef[]): Promise<Handle[]> {
    const asked = persons.filter(({ role }) => role !== 'archive' && role !== 'probe');
    await this.handles.hold(manager, asked);
    const handles = await this.handles.of(manager, asked);
    const newest = new Map(handles.map((each) => [`${each.role} ${each.personIndex.toString('hex')}`, each]));
    return [...newest.values()].filter(({ secret }) => secret !== null);
  }

  private async askAbout(manager: EntityManager, handle: Handle, delay: number): Promise<void> {
    const tag = this.handles.secretOf(handle)!.archiveTag(handle.epoch).revealBase64Url();
    const questions =
      handle.role === 'youth' ? await this.takeDue(manager, handle.personIndex) : [randomBytes(16)];
    for (const bytes of questions) {
      const question = bytes.toString('base64url');
      const body = { question, handle: handle.handle.toString('base64url'), tag };
      const coalesceKey = `${askKey(handle.handle)}${question}`;
      await this.outbox.enqueue(manager, RELAY, 'archive.ask', body, { delay, coalesceKey });
    }
  }

  /** The questions about a youth that are to be asked now; they count as asked. */
  private async takeDue(manager: EntityManager, youthIndex: Buffer): Promise<Buffer[]> {
    const now = this.clock.now();
    const [rows] = await manager.query<[{ question: Buffer; filed_at: Date }[], number]>(
      `update archive_question q set ask_from = null from signal s join youth y on y.id = s.youth_id
       where s.id = q.signal_id and y.bsn_index = $1 and ${MUST_BE_ASKED('$2')} returning q.question, s.filed_at`,
      [youthIndex, now],
    );
    return rows.filter((row) => questionCounts(row.filed_at, now)).map(({ question }) => question);
  }

  private async askLater(manager: EntityManager): Promise<void> {
    await this.outbox.retractAll(manager, RELAY, ['archive.ask']);
    const askFrom = new Date(this.clock.now().getTime() + HOUR);
    await manager.query(`update archive_question set ask_from = $1`, [askFrom]);
  }

  /** Destroys answers that nobody may read any more, and questions that count no longer and have none. */
  private async forgetOld(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const before = new Date(this.clock.now().getTime() - COUNTS_FOR);
      const [, answers] = await manager.query<[unknown[], number]>(
        `delete from archive_answer where received_at <= $1`,
        [before],
      );
      const [, questions] = await manager.query<[unknown[], number]>(
        `delete from archive_question q using signal s where s.id = q.signal_id and s.filed_at <= $1
           and not exists (select from archive_answer a where a.question = q.question)`,
        [before],
      );
      return answers + questions;
    });
  }
}

/** Its hour is over. One of more than an hour was set by a clock that was ahead. */
const MUST_BE_ASKED = (now: string): string =>
  `(q.ask_from <= ${now} or q.ask_from > ${now}::timestamptz + interval '1 hour')`;
