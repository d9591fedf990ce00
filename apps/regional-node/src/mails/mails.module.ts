import { Module } from '@nestjs/common';
import { MailsController } from './mails.controller.js';
import { MailQueue } from './mail-queue.js';
import { MailSender } from './mail-sender.js';

@Module({
  controllers: [MailsController],
  providers: [MailQueue, MailSender],
  exports: [MailQueue, MailSender],
})
export class MailsModule {}
