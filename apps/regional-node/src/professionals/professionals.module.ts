import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MailsModule } from '../mails/index.js';
import { MatchesModule } from '../matches/index.js';
import { MunicipalityWarningsModule } from '../municipality-warnings/index.js';
import { SignalsModule } from '../signals/index.js';
import { AbsenceWork } from './absence-work.js';
import { AbsencesController } from './absences.controller.js';
import { AbsencesService } from './absences.service.js';
import { ColleagueMails } from './colleague-mails.js';
import { ContactChanges } from './contact-changes.service.js';
import { ContactReminders } from './contact-reminders.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { DeparturesService } from './departures.service.js';
import { DirectoryImport } from './directory-import.js';
import { LocationsController } from './locations.controller.js';
import { LocationsService } from './locations.service.js';
import { PeopleImport } from './people-import.js';
import { PersonConfirmations } from './person-confirmations.js';
import { PersonProposalsController } from './person-proposals.controller.js';
import { PersonProposals } from './person-proposals.js';
import { ProfessionalsController } from './professionals.controller.js';
import { ProfessionalsService } from './professionals.service.js';

@Module({
  imports: [
    AuditModule,
    CovenantModule,
    MailsModule,
    MatchesModule,
    MunicipalityWarningsModule,
    SignalsModule,
  ],
  controllers: [
    AbsencesController,
    ContactsController,
    LocationsController,
    PersonProposalsController,
    ProfessionalsController,
  ],
  providers: [
    AbsencesService,
    AbsenceWork,
    ColleagueMails,
    ContactChanges,
    ContactReminders,
    ContactsService,
    DeparturesService,
    DirectoryImport,
    LocationsService,
    PeopleImport,
    PersonConfirmations,
    PersonProposals,
    ProfessionalsService,
  ],
  exports: [PersonConfirmations],
})
export class ProfessionalsModule {}
