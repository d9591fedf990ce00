import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive/index.js';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { ErasuresModule } from '../erasures/index.js';
import { HandlesModule } from '../handles/index.js';
import { MatchesModule } from '../matches/index.js';
import { MailsModule } from '../mails/index.js';
import { MovesModule } from '../moves/index.js';
import { PersonRegisterModule } from '../person-register/index.js';
import { YouthsModule } from '../youths/index.js';
import { EndedNotice } from './ended-notice.js';
import { Families } from './families.js';
import { RegisterVerification } from './register-verification.js';
import { SignalReminders } from './signal-reminders.js';
import { SignalExpiry } from './signal-expiry.js';
import { SignalFiling } from './signal-filing.js';
import { SignalLinking } from './signal-linking.js';
import { SignalRemoval } from './signal-removal.js';
import { SignalSharing } from './signal-sharing.js';
import { FilingLimitsController } from './filing-limits.controller.js';
import { FilingLimits } from './filing-limits.js';
import { LookUpReviewController } from './look-up-review.controller.js';
import { LookUpReview } from './look-up-review.js';
import { LookUps } from './look-ups.js';
import { SignalsController } from './signals.controller.js';
import { SignalsService } from './signals.service.js';
import { YouthIdentification } from './youth-identification.js';

@Module({
  imports: [
    ArchiveModule,
    AuditModule,
    CovenantModule,
    ErasuresModule,
    HandlesModule,
    MailsModule,
    MatchesModule,
    MovesModule,
    PersonRegisterModule,
    YouthsModule,
  ],
  controllers: [SignalsController, LookUpReviewController, FilingLimitsController],
  providers: [
    SignalsService,
    SignalFiling,
    SignalLinking,
    SignalRemoval,
    EndedNotice,
    SignalSharing,
    SignalExpiry,
    SignalReminders,
    RegisterVerification,
    Families,
    FilingLimits,
    LookUps,
    LookUpReview,
    YouthIdentification,
  ],
  exports: [SignalRemoval, SignalSharing],
})
export class SignalsModule {}
