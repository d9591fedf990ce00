import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { ErasuresModule } from '../erasures/index.js';
import { HandlesModule } from '../handles/index.js';
import { MatchesModule } from '../matches/index.js';
import { PersonRegisterModule } from '../person-register/index.js';
import { YouthsModule } from '../youths/index.js';
import { SignalExpiry } from './signal-expiry.js';
import { SignalRemoval } from './signal-removal.js';
import { SignalsController } from './signals.controller.js';
import { SignalsService } from './signals.service.js';
import { YouthIdentification } from './youth-identification.js';

@Module({
  imports: [
    AuditModule,
    CovenantModule,
    ErasuresModule,
    HandlesModule,
    MatchesModule,
    PersonRegisterModule,
    YouthsModule,
  ],
  controllers: [SignalsController],
  providers: [SignalsService, SignalRemoval, SignalExpiry, YouthIdentification],
  exports: [SignalExpiry, SignalRemoval],
})
export class SignalsModule {}
