import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import type { Clock } from '#libs/clock';
import { databaseOptions } from '#libs/database';
import type { ProgramLogger } from '#libs/observability';
import { CeremonyModule } from './ceremony/index.js';
import type { KeyHolderConfig } from './config.js';
import { ENTITIES } from './entities.js';
import { EvaluationModule } from './evaluation/index.js';
import { FoundationModule } from './foundation.module.js';
import { HealthModule } from './health/index.js';
import { MIGRATIONS } from './migrations/index.js';
import { RegisterModule } from './register/index.js';

/** How a key holder connects to its database. */
export const keyHolderDatabase = (url: string): DataSourceOptions =>
  databaseOptions(url, ENTITIES, MIGRATIONS);

/** A key holder, put together. */
@Module({})
export class AppModule {
  static with(config: KeyHolderConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        FoundationModule.with(config, clock, logger),
        ScheduleModule.forRoot(),
        TypeOrmModule.forRoot({ ...keyHolderDatabase(config.databaseUrl), retryAttempts: 0 }),
        RegisterModule,
        CeremonyModule,
        EvaluationModule,
        HealthModule,
      ],
    };
  }
}
