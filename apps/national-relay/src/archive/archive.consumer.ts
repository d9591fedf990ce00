import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { Clock } from '#libs/clock';
import { countRejected, RethrowFilter, type MessageContext } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import type { ArchiveAnswer, ArchiveAsk } from '#libs/protocol';
import { ArchiveQuestions, type Passed } from './archive-questions.js';

/** Receives questions about archives, and the answers. What is not passed on is counted. */
@UseFilters(RethrowFilter)
@Controller()
export class ArchiveConsumer {
  constructor(
    private readonly questions: ArchiveQuestions,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  @EventPattern('archive.ask')
  async ask(@Payload() asks: ArchiveAsk[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region } = context as MessageContext;
    await this.tell(
      'archive-asked',
      context as MessageContext,
      await this.questions.ask(manager, region, asks),
    );
  }

  @EventPattern('archive.answer')
  async answer(@Payload() answers: ArchiveAnswer[], @Ctx() context: unknown): Promise<void> {
    const { manager, peer: region } = context as MessageContext;
    const passed = await this.questions.answer(manager, region, answers);
    await this.tell('archive-answered', context as MessageContext, passed);
  }

  private async tell(
    event: string,
    { manager, peer: from, afterCommit }: MessageContext,
    { to, refused }: Passed<string>,
  ): Promise<void> {
    await countRejected(manager, from, refused, this.clock.now());
    afterCommit(() => {
      if (to.length > 0) this.logger.event(event, { from, count: to.length });
      for (const reason of new Set(refused)) {
        const count = refused.filter((each) => each === reason).length;
        this.logger.warning('archive-dropped', { from, reason, count });
      }
    });
  }
}
