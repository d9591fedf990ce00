import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { Clock } from '#libs/clock';
import { MetricsController } from '#libs/observability';
import { TokenController, Tokens } from './access/index.js';
import { ChangesController } from './changes/index.js';
import { BrpSimulatorConfiguration } from './config.js';
import { HealthController } from './health/index.js';
import { BrpProblemFilter, PersonsController, PersonsService } from './persons/index.js';
import { Register, type Person } from './register/index.js';

@Module({})
export class BrpSimulatorModule {
  static with(
    configuration: BrpSimulatorConfiguration,
    persons: Map<string, Person>,
    clock: Clock,
  ): DynamicModule {
    return {
      module: BrpSimulatorModule,
      imports: [TerminusModule],
      controllers: [
        PersonsController,
        HealthController,
        MetricsController,
        ...(configuration.simulatorControl ? [ChangesController] : []),
        ...(configuration.tokenClientId === undefined ? [] : [TokenController]),
      ],
      providers: [
        PersonsService,
        Tokens,
        { provide: Clock, useValue: clock },
        { provide: BrpSimulatorConfiguration, useValue: configuration },
        { provide: Register, useFactory: () => new Register(persons, clock) },
        { provide: APP_FILTER, useClass: BrpProblemFilter },
      ],
    };
  }
}
