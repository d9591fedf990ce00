import { Module } from '@nestjs/common';
import { SignalsModule } from '../signals/index.js';
import { RecoveryConsumer } from './recovery.consumer.js';

@Module({ imports: [SignalsModule], controllers: [RecoveryConsumer] })
export class RecoveryModule {}
