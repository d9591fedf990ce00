import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, IsNull } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import { metrics } from './metrics.js';
import type { RegisterAnswer, Refusal } from './register-answer.js';

/** A refusal that holds, with the first and the last time that it was met. */
export interface StandingRefusal extends Refusal {
  since: Date;
  lastAt: Date;
}

/**
 * How the person register answers this instance of the node. A refusal stands until the register answers a question of the same kind. The
 * operators of the region are mailed at most once a day while it stands.
 */
@Injectable()
export class RegisterState {
  /** By kind of question: one may be allowed and another not. */
  private readonly refusals = new Map<string, StandingRefusal>();
  private lastAnswer: Date | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** The latest refusal that stands. */
  get refusal(): StandingRefusal | undefined {
    return [...this.refusals.values()].sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime())[0];
  }

  get lastAnswerAt(): Date | undefined {
    return this.lastAnswer;
  }

  /** @param kind the type of the question and its fields */
  async heard(kind: string, answer: RegisterAnswer): Promise<void> {
    const now = this.clock.now();
    switch (answer.outcome) {
      case 'answered':
      case 'too-many':
        this.lastAnswer = now;
        this.refusals.delete(kind);
        break;
      case 'refused':
        this.refusals.set(kind, {
          ...answer.refusal,
          since: this.refusals.get(kind)?.since ?? now,
          lastAt: now,
        });
        this.logger.warning('person-register-refused', {
          ...answer.refusal,
          parameters: answer.refusal.parameters?.join(' '),
        });
        await this.tellOperators(now);
        break;
      case 'unreadable':
      case 'unreachable':
        this.logger.warning('person-register-unavailable', {
          outcome: answer.outcome,
          reason: answer.reason,
        });
    }
    metrics.refused.set(this.refusals.size > 0 ? 1 : 0);
  }

  /** The question has its outcome whether or not the mail can be queued. */
  private async tellOperators(now: Date): Promise<void> {
    try {
      await this.dataSource.transaction(async (manager) => {
        const { document } = await this.covenants.current(manager);
        const people = await manager.findBy(Professional, { departedOn: IsNull() });
        for (const to of people.filter(({ roles }) => roles.includes('operator')))
          await this.mails.queue(
            manager,
            noticeMail({
              ...{ to, indexName: document.name, region: this.config.region },
              about: ['person-register-refused', dayInAmsterdam(now)],
              subject: 'het personenregister weigert vragen',
              paragraphs: [
                'Het personenregister weigert vragen van deze verwijsindex. Dat gaat niet vanzelf over.',
                'Na het inloggen ziet u bij de verbindingen wat het register weigert. Zolang dit duurt, kan niet iedereen een signaal afgeven.',
              ],
            }),
          );
      });
    } catch (error) {
      this.logger.warning('operators-not-mailed', { error: errorKind(error) });
    }
  }
}
