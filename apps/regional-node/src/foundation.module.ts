import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { RegionalNodeConfig } from './config.js';
import { SealingKey } from '#libs/sealing';
import { BlindIndex } from './keys/index.js';

/** What every feature may ask for: settings, time, log and the keys of this node. */
@Global()
@Module({})
export class FoundationModule {
  static with(config: RegionalNodeConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    const providers = [
      { provide: RegionalNodeConfig, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: ProgramLogger, useValue: logger },
      { provide: SealingKey, useValue: new SealingKey(config.nodeKey) },
      { provide: BlindIndex, useValue: new BlindIndex(config.indexKey) },
    ];
    return { module: FoundationModule, providers, exports: providers };
  }
}
