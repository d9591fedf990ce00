import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { Covenants } from './covenants.js';

@Module({ imports: [AuditModule], providers: [Covenants], exports: [Covenants] })
export class CovenantModule {}
