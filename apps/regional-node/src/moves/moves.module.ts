import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MailsModule } from '../mails/index.js';
import { MovesController } from './moves.controller.js';
import { Moves } from './moves.js';

@Module({
  imports: [AuditModule, CovenantModule, MailsModule],
  controllers: [MovesController],
  providers: [Moves],
  exports: [Moves],
})
export class MovesModule {}
