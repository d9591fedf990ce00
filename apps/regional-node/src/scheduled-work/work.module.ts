import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuditModule } from '../audit/index.js';
import { ScheduledWorks } from './scheduled-works.js';
import { WorkController } from './work.controller.js';
import { WorkRunner } from './work-runner.js';

/** Finds the work of all features by itself. */
@Module({
  imports: [DiscoveryModule, AuditModule],
  controllers: [WorkController],
  providers: [WorkRunner, ScheduledWorks],
  exports: [WorkRunner, ScheduledWorks],
})
export class WorkModule {}
