import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { OutboxSender, RethrowFilter, type MessageContext } from '#libs/messaging';
import type { ArchiveAnswered, ArchiveAsked } from '#libs/protocol';
import { MailSender } from '../mails/index.js';
import { ArchiveAnswers } from './archive-answers.js';
import { ReceivedAnswers } from './received-answers.js';

/** What other regions ask of the archive here, and what they answer from theirs, in the transaction of their batch. */
@UseFilters(RethrowFilter)
@Controller()
export class ArchiveConsumer {
  constructor(
    private readonly answers: ArchiveAnswers,
    private readonly received: ReceivedAnswers,
    private readonly sender: OutboxSender,
    private readonly mailSender: MailSender,
  ) {}

  @EventPattern('archive.asked')
  async asked(@Payload() questions: ArchiveAsked[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    for (const question of questions) await this.answers.answer(manager, question);
    afterCommit(() => this.sender.wake());
  }

  @EventPattern('archive.answered')
  async answered(@Payload() answers: ArchiveAnswered[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    for (const answer of answers) await this.received.take(manager, answer);
    afterCommit(() => this.mailSender.wake());
  }
}
