import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { RelayConfig } from './config.js';

/** What every feature may ask for: settings, time and log. */
@Global()
@Module({})
export class FoundationModule {
  static with(config: RelayConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    const providers = [
      { provide: RelayConfig, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: ProgramLogger, useValue: logger },
    ];
    return { module: FoundationModule, providers, exports: providers };
  }
}
