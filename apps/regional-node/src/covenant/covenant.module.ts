import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantController } from './covenant.controller.js';
import { Covenants } from './covenants.js';
import { RegionController } from './region.controller.js';

@Module({
  imports: [AuditModule],
  controllers: [CovenantController, RegionController],
  providers: [Covenants],
  exports: [Covenants],
})
export class CovenantModule {}
