import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { MetricsController } from '#libs/observability';
import { CeremonyModule } from '../ceremony/index.js';
import { RegisterModule } from '../register/index.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), CeremonyModule, RegisterModule],
  controllers: [HealthController, MetricsController],
})
export class HealthModule {}
