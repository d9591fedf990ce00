import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive/index.js';
import { AuditModule } from '../audit/index.js';
import { MatchesModule } from '../matches/index.js';
import { PersonRegisterModule } from '../person-register/index.js';
import { SignalsModule } from '../signals/index.js';
import { YouthsModule } from '../youths/index.js';
import { AccessRequests } from './access-requests.js';
import { ArchiveController } from './archive.controller.js';
import { Competence } from './competence.js';
import { ErasurePreviews } from './erasure-previews.js';
import { ErasuresOnRequest } from './erasures-on-request.js';
import { KeptSignals } from './kept-signals.js';
import { Overviews } from './overviews.js';
import { SubjectAccessController } from './subject-access.controller.js';

@Module({
  imports: [ArchiveModule, AuditModule, MatchesModule, PersonRegisterModule, SignalsModule, YouthsModule],
  controllers: [ArchiveController, SubjectAccessController],
  providers: [AccessRequests, Competence, ErasurePreviews, ErasuresOnRequest, KeptSignals, Overviews],
})
export class SubjectAccessModule {}
