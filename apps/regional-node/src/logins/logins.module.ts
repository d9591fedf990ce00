import { Module } from '@nestjs/common';
import { LoginsController } from './logins.controller.js';
import { UnknownLogins } from './unknown-logins.js';

@Module({ controllers: [LoginsController], providers: [UnknownLogins], exports: [UnknownLogins] })
export class LoginsModule {}
