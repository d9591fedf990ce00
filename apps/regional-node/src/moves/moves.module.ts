import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { LettersModule } from '../letters/index.js';
import { MailsModule } from '../mails/index.js';
import { Elsewhere } from './elsewhere.js';
import { MovesController } from './moves.controller.js';
import { Moves } from './moves.js';

@Module({
  imports: [AuditModule, CovenantModule, LettersModule, MailsModule],
  controllers: [MovesController],
  providers: [Elsewhere, Moves],
  exports: [Elsewhere, Moves],
})
export class MovesModule {}
