import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MatchesModule } from '../matches/index.js';
import { MunicipalityWarningsModule } from '../municipality-warnings/index.js';
import { AppointmentsController } from './appointments.controller.js';
import { Appointments } from './appointments.js';
import { OperatorProposals } from './operator-proposals.js';

@Module({
  imports: [AuditModule, CovenantModule, MatchesModule, MunicipalityWarningsModule],
  controllers: [AppointmentsController],
  providers: [Appointments, OperatorProposals],
})
export class AppointmentsModule {}
