import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Counter } from 'prom-client';
import { CounterInTens, ProgramLogger } from '#libs/observability';
import { PARTY_ID, subjects, type EvaluationRefusal, type EvaluationReply } from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Hub, type Question } from '../hub/index.js';
import { EvaluationService } from './evaluation.service.js';
import { Refused } from './refused.js';

const evaluated = new CounterInTens({
  name: 'evaluations_total',
  help: 'Elements evaluated, by region, in tens',
  labelNames: ['region'] as const,
});
const refused = new Counter({
  name: 'evaluations_refused_total',
  help: 'Requests refused, by reason',
  labelNames: ['reason'] as const,
});

/** Takes evaluation requests from the hub; every one is answered, with an evaluation or with the reason why not. */
@Injectable()
export class EvaluationConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly config: KeyHolderConfig,
    private readonly hub: Hub,
    private readonly evaluations: EvaluationService,
    private readonly logger: ProgramLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.hub.serve(subjects.evaluateAll(this.config.keyHolder), async (question) => ({
      payload: Buffer.from(JSON.stringify(await this.answer(question)), 'utf8'),
    }));
  }

  private async answer(question: Question): Promise<EvaluationReply | EvaluationRefusal> {
    try {
      const reply = await this.evaluations.evaluate(question);
      const { length: count } = reply.evaluated;
      evaluated.inc({ region: question.asker }, count);
      this.logger.event('evaluated', { region: question.asker, count });
      return reply;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { reason } = error;
      refused.inc({ reason });
      const region = PARTY_ID.test(question.asker) ? question.asker : undefined;
      this.logger.warning('evaluation-refused', { region, reason });
      return { v: 1, refused: reason };
    }
  }
}
