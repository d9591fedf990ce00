import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive/index.js';
import { AuditModule } from '../audit/index.js';
import { MatchesModule } from '../matches/index.js';
import { SignalsModule } from '../signals/index.js';
import { YouthsModule } from '../youths/index.js';
import { SubjectAccessController } from './subject-access.controller.js';
import { SubjectAccess } from './subject-access.service.js';

@Module({
  imports: [ArchiveModule, AuditModule, MatchesModule, SignalsModule, YouthsModule],
  controllers: [SubjectAccessController],
  providers: [SubjectAccess],
})
export class SubjectAccessModule {}
