import { Controller, UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { OutboxSender, RethrowFilter, type MessageContext } from '#libs/messaging';
import type { LetterDeliver } from '#libs/protocol';
import { MailSender } from '../mails/index.js';
import { LetterPost, tells } from './letter-post.js';
import { ReceivedLetters } from './received-letters.js';
import { SentLetters } from './sent-letters.js';

/** Letters of other regions, in the transaction of their batch. */
@UseFilters(RethrowFilter)
@Controller()
export class LettersConsumer {
  constructor(
    private readonly post: LetterPost,
    private readonly received: ReceivedLetters,
    private readonly sent: SentLetters,
    private readonly sender: OutboxSender,
    private readonly mailSender: MailSender,
  ) {}

  @EventPattern('letter.deliver')
  async delivered(@Payload() letters: LetterDeliver[], @Ctx() context: unknown): Promise<void> {
    const { manager, afterCommit } = context as MessageContext;
    for (const delivered of letters) {
      const { fromRegion } = delivered;
      const letter = await this.post.open(manager, delivered);
      if (!letter) continue;
      if (tells(letter)) await this.received.take(manager, fromRegion, letter);
      else if (letter.kind === 'erase') await this.received.forget(manager, fromRegion, letter);
      else await this.sent.erased(manager, fromRegion, letter);
    }
    afterCommit(() => {
      this.sender.wake();
      this.mailSender.wake();
    });
  }
}
