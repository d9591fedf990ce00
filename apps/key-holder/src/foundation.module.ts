import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { HubConnection } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import { SodiumOprf } from '#libs/pseudonyms';
import { KeyHolderConfig } from './config.js';
import { SealingKey } from '#libs/sealing';

/** What every feature may ask for: settings, time, log, the hub, the arithmetic and the key for what is at rest. */
@Global()
@Module({})
export class FoundationModule {
  static with(config: KeyHolderConfig, clock: Clock, logger: ProgramLogger): DynamicModule {
    const providers = [
      { provide: KeyHolderConfig, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: ProgramLogger, useValue: logger },
      {
        provide: HubConnection,
        useFactory: () => new HubConnection(config, { party: config.keyHolder }, logger),
      },
      { provide: SodiumOprf, useFactory: () => SodiumOprf.load() },
      { provide: SealingKey, useFactory: () => new SealingKey(config.shareKey) },
    ];
    return { module: FoundationModule, providers, exports: providers };
  }
}
