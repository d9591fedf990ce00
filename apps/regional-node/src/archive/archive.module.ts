import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MailsModule } from '../mails/index.js';
import { ArchiveController } from './archive.controller.js';
import { Archive } from './archive.js';

@Module({
  imports: [AuditModule, CovenantModule, MailsModule],
  controllers: [ArchiveController],
  providers: [Archive],
  exports: [Archive],
})
export class ArchiveModule {}
