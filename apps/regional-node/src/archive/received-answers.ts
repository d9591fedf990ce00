import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { countRejected } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import {
  openArchiveAnswer,
  UnopenableArchiveAnswer,
  type ArchiveAnswered,
  type EarlierProfessional,
  type EarlierProfessionals,
} from '#libs/protocol';
import { SealingKey } from '#libs/sealing';
import type { EntityManager } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Professional } from '../directory/index.js';
import { RegionKeys, Registers } from '../federation/index.js';
import { Handles } from '../handles/index.js';
import { Signal, Youth } from '../youths/index.js';
import { ArchiveAnswer } from './archive-answer.entity.js';
import { ArchiveNotice } from './archive-notice.js';
import { ArchiveQuestion } from './archive-question.entity.js';
import { answerReadable, questionCounts } from './rules/question-counts.rule.js';
import { toldFromElsewhere } from './rules/told-from-elsewhere.rule.js';

/** Somebody who had a signal in another region. */
export interface EarlierElsewhere extends EarlierProfessional {
  /** Name of the region. */
  region: string;
}

/**
 * Takes what other regions answer, and tells the filer once.
 *
 * What if an answer comes twice? The second one of a region changes nothing. What if it comes for no question, or too late? It is dropped
 * quietly: the signal may have ended meanwhile. What if it does not open? It is counted: then somebody answers about another person.
 */
@Injectable()
export class ReceivedAnswers {
  constructor(
    private readonly handles: Handles,
    private readonly registers: Registers,
    private readonly keys: RegionKeys,
    private readonly notice: ArchiveNotice,
    private readonly sealingKey: SealingKey,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async take(manager: EntityManager, answered: ArchiveAnswered): Promise<void> {
    const { fromRegion: region } = answered;
    const now = this.clock.now();
    const peer = this.registers.peer(region);
    const question = Buffer.from(answered.question, 'base64url');
    const asked = await manager.findOneBy(ArchiveQuestion, { question });
    const signal = asked && (await manager.findOneBy(Signal, { id: asked.signalId }));
    if (!peer || !signal || !questionCounts(signal.filedAt, now)) return;
    if (await manager.existsBy(ArchiveAnswer, { question, region })) return;
    const opened = await this.open(manager, signal, answered, peer.cardKey);
    if (!opened) {
      await countRejected(manager, region, ['unopenable-archive-answer'], now);
      this.logger.warning('archive-answer-unopenable', { from: region });
      return;
    }
    const filer = await manager.findOneByOrFail(Professional, { id: signal.professionalId });
    const filed = { email: filer.email, filedOn: dayInAmsterdam(signal.filedAt) };
    const told = toldFromElsewhere(opened.professionals, filed);
    const content = told.length > 0 ? this.seal(region, answered.question, told) : null;
    await manager.insert(ArchiveAnswer, { question, region, content, receivedAt: now });
    await this.notice.tell(manager, filer, signal, told, region, opened.more);
  }

  /** Who had a signal on the youth in other regions, as far as the filer may know still. */
  async earlier(manager: EntityManager, { id: signalId }: Pick<Signal, 'id'>): Promise<EarlierElsewhere[]> {
    const asked = await manager.findOneBy(ArchiveQuestion, { signalId });
    if (!asked) return [];
    const answers = await manager.find(ArchiveAnswer, {
      where: { question: asked.question },
      order: { receivedAt: 'asc', region: 'asc' },
    });
    return answers
      .filter(({ receivedAt }) => answerReadable(receivedAt, this.clock.now()))
      .flatMap(({ content, region, question }) =>
        (content ? this.unseal(region, question.toString('base64url'), content) : []).map((each) => ({
          ...each,
          region: this.registers.nameOf(region),
        })),
      );
  }

  private async open(
    manager: EntityManager,
    { youthId }: Signal,
    { fromRegion: from, ...sealed }: ArchiveAnswered,
    cardKey: string,
  ): Promise<EarlierProfessionals | undefined> {
    const youth = await manager.findOneByOrFail(Youth, { id: youthId });
    const youths = youth.bsnIndex ? [{ role: 'youth' as const, index: youth.bsnIndex }] : [];
    for (const handle of await this.handles.of(manager, youths)) {
      const secret = this.handles.secretOf(handle);
      if (!secret) continue;
      const { epoch } = handle;
      const binding = { question: sealed.question, from, to: this.config.region, epoch };
      const archiveKey = secret.archiveKey(epoch);
      try {
        return await openArchiveAnswer(
          sealed,
          binding,
          this.keys.card,
          cardKey,
          archiveKey,
          this.config.wire,
        );
      } catch (error) {
        if (!(error instanceof UnopenableArchiveAnswer)) throw error;
      }
    }
    return undefined;
  }

  private seal(region: string, question: string, told: readonly EarlierProfessional[]): Buffer {
    return this.sealingKey.seal(purposeOf(region, question), Buffer.from(JSON.stringify(told), 'utf8'));
  }

  private unseal(region: string, question: string, content: Buffer): EarlierProfessional[] {
    const text = this.sealingKey.open(purposeOf(region, question), content).toString('utf8');
    return JSON.parse(text) as EarlierProfessional[];
  }
}

const purposeOf = (region: string, question: string): string => `archive-answer/${region}/${question}`;
