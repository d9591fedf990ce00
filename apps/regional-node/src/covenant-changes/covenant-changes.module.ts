import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MatchesModule } from '../matches/index.js';
import { MunicipalityWarningsModule } from '../municipality-warnings/index.js';
import { SignalsModule } from '../signals/index.js';
import { CovenantActivation } from './covenant-activation.js';
import { CovenantChangesController } from './covenant-changes.controller.js';
import { CovenantChangesService } from './covenant-changes.service.js';
import { CovenantComparison } from './covenant-comparison.js';

@Module({
  imports: [AuditModule, CovenantModule, MatchesModule, MunicipalityWarningsModule, SignalsModule],
  controllers: [CovenantChangesController],
  providers: [CovenantActivation, CovenantChangesService, CovenantComparison],
})
export class CovenantChangesModule {}
