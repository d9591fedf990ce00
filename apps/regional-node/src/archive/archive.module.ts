import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { ErasuresModule } from '../erasures/index.js';
import { HandlesModule } from '../handles/index.js';
import { MailsModule } from '../mails/index.js';
import { YouthsModule } from '../youths/index.js';
import { ArchiveAnswers } from './archive-answers.js';
import { ArchiveConsumer } from './archive.consumer.js';
import { ArchiveNotice } from './archive-notice.js';
import { ArchiveQuestions } from './archive-questions.js';
import { Archive } from './archive.js';
import { ReceivedAnswers } from './received-answers.js';

@Module({
  imports: [AuditModule, CovenantModule, ErasuresModule, HandlesModule, MailsModule, YouthsModule],
  controllers: [ArchiveConsumer],
  providers: [Archive, ArchiveAnswers, ArchiveNotice, ArchiveQuestions, ReceivedAnswers],
  exports: [Archive, ArchiveQuestions, ReceivedAnswers],
})
export class ArchiveModule {}
