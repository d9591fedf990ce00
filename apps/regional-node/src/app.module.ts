import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Clock } from '#libs/clock';
import { HOUR, MINUTE } from '#libs/clock';
import { databaseOptions } from '#libs/database';
import { LoginModule } from '#libs/login';
import type { ProgramLogger } from '#libs/observability';
import { problemValidationPipe, ProblemFilter } from '#libs/problems';
import type { DataSourceOptions } from 'typeorm';
import { AccessModule } from './access/index.js';
import { AppointmentsModule } from './appointments/index.js';
import { AuditModule } from './audit/index.js';
import type { RegionalNodeConfig } from './config.js';
import { CovenantModule } from './covenant/index.js';
import { CovenantChangesModule } from './covenant-changes/index.js';
import { ENTITIES } from './entities.js';
import { FederationModule } from './federation/index.js';
import { FoundationModule } from './foundation.module.js';
import { HealthModule } from './health/index.js';
import { LoginsModule, UnknownLogins } from './logins/index.js';
import { MailsModule } from './mails/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { MunicipalitiesModule } from './municipalities/index.js';
import { PersonConfirmations, ProfessionalsModule } from './professionals/index.js';
import { RecoveryModule } from './recovery/index.js';
import { SignalsModule } from './signals/index.js';
import { SubjectAccessModule } from './subject-access/index.js';
import { WorkModule } from './scheduled-work/index.js';

/** How a regional node connects to its database. */
export const nodeDatabase = (url: string): DataSourceOptions => databaseOptions(url, ENTITIES, MIGRATIONS);

/** A region's own index, put together. */
@Module({})
export class AppModule {
  static with(config: RegionalNodeConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        FoundationModule.with(config, clock, logger),
        ScheduleModule.forRoot(),
        TypeOrmModule.forRoot({ ...nodeDatabase(config.databaseUrl), retryAttempts: 0 }),
        LoginModule.forRootAsync({
          imports: [LoginsModule, ProfessionalsModule],
          inject: [UnknownLogins, PersonConfirmations],
          useFactory: (logins: UnknownLogins, confirmations: PersonConfirmations) => ({
            issuer: config.issuer,
            clientId: config.clientId,
            clientSecret: config.clientSecret,
            clientKeyFile: config.clientKeyFile,
            clientAuthentication: config.clientAuthentication,
            subjectClaim: config.subjectClaim,
            acrValues: config.acrValues,
            furtherProviders: config.furtherProviders,
            publicUrl: config.publicUrl,
            requestsPerMinute: config.requestsPerMinute,
            allowInsecureIssuer: config.allowInsecureIssuer,
            cookieName: `vi-${config.region}`,
            idleTimeout: 30 * MINUTE,
            absoluteTimeout: 12 * HOUR,
            async onLogin(subject) {
              // without a demanded level of assurance a login proves too little
              if (config.acrValues.length > 0) await confirmations.confirmByLogin(subject);
              await logins.note(subject);
            },
          }),
        }),
        LoginsModule,
        MunicipalitiesModule,
        AccessModule,
        AuditModule,
        CovenantModule,
        CovenantChangesModule,
        FederationModule,
        MailsModule,
        ProfessionalsModule,
        AppointmentsModule,
        SignalsModule,
        RecoveryModule,
        SubjectAccessModule,
        WorkModule,
        HealthModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: problemValidationPipe },
      ],
    };
  }
}
