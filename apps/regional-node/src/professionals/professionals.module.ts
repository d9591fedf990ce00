import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MatchesModule } from '../matches/index.js';
import { SignalsModule } from '../signals/index.js';
import { AbsenceWork } from './absence-work.js';
import { AbsencesController } from './absences.controller.js';
import { AbsencesService } from './absences.service.js';
import { DeparturesService } from './departures.service.js';
import { DirectoryImport } from './directory-import.js';
import { ProfessionalsController } from './professionals.controller.js';
import { ProfessionalsService } from './professionals.service.js';

@Module({
  imports: [AuditModule, CovenantModule, MatchesModule, SignalsModule],
  controllers: [AbsencesController, ProfessionalsController],
  providers: [AbsencesService, AbsenceWork, DeparturesService, DirectoryImport, ProfessionalsService],
})
export class ProfessionalsModule {}
