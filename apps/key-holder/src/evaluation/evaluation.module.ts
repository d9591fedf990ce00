import { Module } from '@nestjs/common';
import { CeremonyModule } from '../ceremony/index.js';
import { HubModule } from '../hub/index.js';
import { RegisterModule } from '../register/index.js';
import { EvaluationConsumer } from './evaluation.consumer.js';
import { EvaluationService } from './evaluation.service.js';
import { Ledger } from './ledger.js';
import { UsageConsumer } from './usage.consumer.js';

@Module({
  imports: [HubModule, RegisterModule, CeremonyModule],
  providers: [EvaluationConsumer, EvaluationService, Ledger, UsageConsumer],
})
export class EvaluationModule {}
