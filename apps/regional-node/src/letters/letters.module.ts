import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MailsModule } from '../mails/index.js';
import { LetterPost } from './letter-post.js';
import { LetterUpkeep } from './letter-upkeep.js';
import { LettersConsumer } from './letters.consumer.js';
import { ReceivedLetters } from './received-letters.js';
import { SentLetters } from './sent-letters.js';

@Module({
  imports: [AuditModule, CovenantModule, MailsModule],
  controllers: [LettersConsumer],
  providers: [LetterPost, LetterUpkeep, ReceivedLetters, SentLetters],
  exports: [ReceivedLetters, SentLetters],
})
export class LettersModule {}
