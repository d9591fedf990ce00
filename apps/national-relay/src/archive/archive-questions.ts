import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Outbox } from '#libs/messaging';
import type { ArchiveAnswer, ArchiveAsk } from '#libs/protocol';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { Pepper } from '../pepper/index.js';
import { Register } from '../register/index.js';
import { ArchiveQuestion } from './archive-question.entity.js';
import { askRefusal, type AskRefusal } from './rules/may-ask.rule.js';
import { forgottenBefore } from './rules/question-forgotten.rule.js';

/** What became of questions or answers: regions to which one was passed on, and why others were not. */
export interface Passed<Refusal extends string> {
  to: string[];
  refused: Refusal[];
}
export type AnswerRefusal = 'unasked-answer' | 'unknown-receiver';

/** A region with the asked person in its archive. */
interface Holder {
  question: string;
  region: string;
  handle: Buffer;
}

/**
 * Passes questions about archives to the regions that have the person in theirs, and the answers back. It never learns who that is, nor what
 * the answer says, and keeps a question for as long as an answer may come, and not at all where no archive has the person.
 *
 * What if a question comes twice? It is open as it was, or once more when it was answered: its region lost the answer.
 *
 * What if the region that is asked is away? The question waits in its outbox. Since a tag is asked about whatever its region has heard of
 * late, it may be one that is just going: then nobody answers.
 *
 * What if this database is lost? Regions ask again what is open when they have put their tags again.
 */
@Injectable()
export class ArchiveQuestions {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pepper: Pepper,
    private readonly register: Register,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Passes questions of a region on. */
  async ask(
    manager: EntityManager,
    region: string,
    asks: readonly ArchiveAsk[],
  ): Promise<Passed<AskRefusal>> {
    const own = await this.tagsUnder(manager, region, asks);
    const holders = await this.holdersOf(manager, region, asks, own);
    const open = await this.openOf(manager, region);
    const passed: Passed<AskRefusal> = { to: [], refused: [] };
    for (const { question, handle } of new Map(asks.map((ask) => [ask.question, ask])).values()) {
      const asked: (Holder | undefined)[] = holders.filter((holder) => holder.question === question);
      // nobody has to be asked for a question to be refused: else a refusal would tell that somebody has the person
      for (const holder of asked.length > 0 ? asked : [undefined]) {
        const refusal = askRefusal(own.get(handle), holder && (open.get(holder.region) ?? 0));
        if (refusal) passed.refused.push(refusal);
        else if (holder) {
          open.set(holder.region, (open.get(holder.region) ?? 0) + 1);
          await this.pass(manager, region, handle, holder);
          passed.to.push(holder.region);
        }
      }
    }
    return passed;
  }

  /** Passes answers of a region to those that asked it, and forgets the questions. */
  async answer(
    manager: EntityManager,
    region: string,
    answers: readonly ArchiveAnswer[],
  ): Promise<Passed<AnswerRefusal>> {
    const admitted = this.register.admitted();
    const passed: Passed<AnswerRefusal> = { to: [], refused: [] };
    for (const { toRegion, ...sealed } of answers) {
      const { affected } = await manager.delete(ArchiveQuestion, {
        ...{ fromRegion: toRegion, toRegion: region, question: Buffer.from(sealed.question, 'base64url') },
      });
      if (!affected) passed.refused.push('unasked-answer');
      else if (!admitted.includes(toRegion)) passed.refused.push('unknown-receiver');
      else {
        const body = { ...sealed, fromRegion: region };
        await this.outbox.enqueue(manager, toRegion, 'archive.answered', body);
        passed.to.push(toRegion);
      }
    }
    return passed;
  }

  /** Forgets the questions that came from or went to handles that are gone. */
  async forget(manager: EntityManager, region: string, handles: readonly Buffer[]): Promise<void> {
    await manager.query(
      `delete from archive_question
       where (from_region = $1 and from_handle = any($2::bytea[])) or (to_region = $1 and to_handle = any($2::bytea[]))`,
      [region, handles],
    );
  }

  @Cron(CronExpression.EVERY_DAY_AT_4AM, { timeZone: AMSTERDAM })
  async forgetOld(): Promise<void> {
    const before = forgottenBefore(this.clock.now());
    await this.dataSource.manager.delete(ArchiveQuestion, { askedAt: LessThan(before) });
  }

  private async pass(
    manager: EntityManager,
    fromRegion: string,
    fromHandle: string,
    { question, region: toRegion, handle: toHandle }: Holder,
  ): Promise<void> {
    await manager.upsert(
      ArchiveQuestion,
      {
        ...{ fromRegion, toRegion, toHandle, askedAt: this.clock.now() },
        question: Buffer.from(question, 'base64url'),
        fromHandle: Buffer.from(fromHandle, 'base64url'),
      },
      ['fromRegion', 'question', 'toRegion'],
    );
    await this.outbox.enqueue(
      manager,
      toRegion,
      'archive.asked',
      { question, handle: toHandle.toString('base64url'), fromRegion },
      { coalesceKey: `asked:${fromRegion}:${question}` },
    );
  }

  /** What stands under the handles that questions name, by handle. */
  private async tagsUnder(
    manager: EntityManager,
    region: string,
    asks: readonly ArchiveAsk[],
  ): Promise<Map<string, { archived: boolean; epoch: number }>> {
    const rows = await manager.query<{ handle: Buffer; archived: boolean; epoch: number }[]>(
      `select handle, archived, epoch from tag where region = $1 and handle = any($2::bytea[])`,
      [region, asks.map(({ handle }) => Buffer.from(handle, 'base64url'))],
    );
    return new Map(rows.map(({ handle, ...tag }) => [handle.toString('base64url'), tag]));
  }

  /** The other regions that take part and have an asked person in their archive, each once for a question. */
  private async holdersOf(
    manager: EntityManager,
    region: string,
    asks: readonly ArchiveAsk[],
    own: ReadonlyMap<string, { epoch: number }>,
  ): Promise<Holder[]> {
    return manager.query<Holder[]>(
      `select distinct on (asked.question, tag.region) asked.question, tag.region, tag.handle
       from unnest($1::text[], $2::bytea[], $3::int[]) as asked(question, peppered_tag, epoch)
       join tag on tag.peppered_tag = asked.peppered_tag and tag.epoch = asked.epoch and tag.archived
       where tag.region <> $4 and tag.region = any($5::text[])
       order by asked.question, tag.region, tag.arrival desc`,
      [
        asks.map(({ question }) => question),
        asks.map(({ tag }) => this.pepper.tag(Buffer.from(tag, 'base64url'))),
        asks.map(({ handle }) => own.get(handle)?.epoch ?? 0),
        region,
        this.register.admitted(),
      ],
    );
  }

  /** How many questions of a region are open, by the region that was asked. */
  private async openOf(manager: EntityManager, region: string): Promise<Map<string, number>> {
    const rows = await manager.query<{ to: string; open: number }[]>(
      `select to_region as "to", count(*)::int as open from archive_question where from_region = $1 group by to_region`,
      [region],
    );
    return new Map(rows.map(({ to, open }) => [to, open]));
  }
}
