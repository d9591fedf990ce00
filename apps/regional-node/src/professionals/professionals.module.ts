import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MatchesModule } from '../matches/index.js';
import { DirectoryImport } from './directory-import.js';
import { ProfessionalsController } from './professionals.controller.js';
import { ProfessionalsService } from './professionals.service.js';

@Module({
  imports: [AuditModule, CovenantModule, MatchesModule],
  controllers: [ProfessionalsController],
  providers: [DirectoryImport, ProfessionalsService],
})
export class ProfessionalsModule {}
