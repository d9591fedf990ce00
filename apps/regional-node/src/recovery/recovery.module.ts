import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive/index.js';
import { ProbesModule } from '../probes/index.js';
import { SignalsModule } from '../signals/index.js';
import { RecoveryConsumer } from './recovery.consumer.js';

@Module({ imports: [ArchiveModule, ProbesModule, SignalsModule], controllers: [RecoveryConsumer] })
export class RecoveryModule {}
