import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PersonRegister } from './person-register.js';

@Module({ imports: [AuditModule], providers: [PersonRegister], exports: [PersonRegister] })
export class PersonRegisterModule {}
