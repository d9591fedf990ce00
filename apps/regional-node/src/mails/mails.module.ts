import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { MailsController } from './mails.controller.js';
import { MailQueue } from './mail-queue.js';
import { MailServer } from './mail-server.js';
import { MailSender } from './mail-sender.js';

@Module({
  imports: [AuditModule],
  controllers: [MailsController],
  providers: [MailQueue, MailSender, MailServer],
  exports: [MailQueue, MailSender, MailServer],
})
export class MailsModule {}
