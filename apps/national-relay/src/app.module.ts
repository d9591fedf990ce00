import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HOUR, MINUTE, type Clock } from '#libs/clock';
import { databaseOptions } from '#libs/database';
import { LoginModule } from '#libs/login';
import type { ProgramLogger } from '#libs/observability';
import { problemValidationPipe, ProblemFilter } from '#libs/problems';
import type { DataSourceOptions } from 'typeorm';
import { AccessModule } from './access/index.js';
import { AlarmsModule } from './alarms/index.js';
import { ArchiveModule } from './archive/index.js';
import { RoutingModule } from './routing/index.js';
import type { RelayConfig } from './config.js';
import { ENTITIES } from './entities.js';
import { FormsModule } from './forms/index.js';
import { FoundationModule } from './foundation.module.js';
import { HealthModule } from './health/index.js';
import { HistoryModule } from './history/index.js';
import { HubModule } from './hub/index.js';
import { MembershipModule } from './membership/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { MemoryModule } from './memory/index.js';
import { PepperModule } from './pepper/index.js';
import { RegisterModule } from './register/index.js';
import { StatusModule } from './status/index.js';
import { TagsModule } from './tags/index.js';

/** Of the session. */
export const COOKIE_NAME = 'vi-relay';

/** How the relay connects to its database. */
export const relayDatabase = (url: string): DataSourceOptions => databaseOptions(url, ENTITIES, MIGRATIONS);

/** The national relay, put together. */
@Module({})
export class AppModule {
  static with(config: RelayConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        FoundationModule.with(config, clock, logger),
        TypeOrmModule.forRoot({ ...relayDatabase(config.databaseUrl), retryAttempts: 0 }),
        ScheduleModule.forRoot(),
        LoginModule.forRoot({
          issuer: config.issuer,
          clientId: config.clientId,
          clientSecret: config.clientSecret,
          publicUrl: config.publicUrl,
          requestsPerMinute: config.requestsPerMinute,
          allowInsecureIssuer: config.allowInsecureIssuer,
          cookieName: COOKIE_NAME,
          idleTimeout: 30 * MINUTE,
          absoluteTimeout: 12 * HOUR,
        }),
        AccessModule,
        AlarmsModule,
        RegisterModule,
        PepperModule,
        HubModule,
        FormsModule,
        TagsModule,
        ArchiveModule,
        MemoryModule,
        RoutingModule,
        StatusModule,
        HistoryModule,
        MembershipModule,
        HealthModule,
      ],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: problemValidationPipe },
      ],
    };
  }
}
