import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Public } from '#libs/login';
import { MetricsController } from '#libs/observability';
import { MailsModule } from '../mails/index.js';
import { HealthController } from './health.controller.js';

Public()(MetricsController);

@Module({
  imports: [TerminusModule.forRoot({ logger: false }), MailsModule],
  controllers: [HealthController, MetricsController],
})
export class HealthModule {}
