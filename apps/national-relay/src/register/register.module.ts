import { Global, Module } from '@nestjs/common';
import { Register } from './register.js';
import { RegisterResponder } from './register.responder.js';

@Global()
@Module({ providers: [Register, RegisterResponder], exports: [Register, RegisterResponder] })
export class RegisterModule {}
