import { Module } from '@nestjs/common';
import { ProbesModule } from '../probes/index.js';
import { SignalsModule } from '../signals/index.js';
import { RecoveryConsumer } from './recovery.consumer.js';

@Module({ imports: [ProbesModule, SignalsModule], controllers: [RecoveryConsumer] })
export class RecoveryModule {}
