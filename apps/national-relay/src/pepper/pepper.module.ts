import { Global, Module } from '@nestjs/common';
import { RelayConfig } from '../config.js';
import { Pepper } from './pepper.js';

@Global()
@Module({
  providers: [
    { provide: Pepper, inject: [RelayConfig], useFactory: ({ pepper }: RelayConfig) => new Pepper(pepper) },
  ],
  exports: [Pepper],
})
export class PepperModule {}
