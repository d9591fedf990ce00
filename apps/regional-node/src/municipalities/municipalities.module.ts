import { Global, Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { MunicipalitiesController } from './municipalities.controller.js';
import { Municipalities } from './municipalities.js';

/** Every feature asks what a municipality code stands for today. */
@Global()
@Module({
  imports: [AuditModule],
  controllers: [MunicipalitiesController],
  providers: [Municipalities],
  exports: [Municipalities],
})
export class MunicipalitiesModule {}
