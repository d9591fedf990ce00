import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { CovenantModule } from '../covenant/index.js';
import { MailsModule } from '../mails/index.js';
import { PersonRegister } from './person-register.js';
import { PersonRegisterController } from './person-register.controller.js';
import { RegisterConnection } from './register-connection.js';
import { RegisterState } from './register-state.js';

@Module({
  imports: [AuditModule, CovenantModule, MailsModule],
  controllers: [PersonRegisterController],
  providers: [PersonRegister, RegisterConnection, RegisterState],
  exports: [PersonRegister],
})
export class PersonRegisterModule {}
