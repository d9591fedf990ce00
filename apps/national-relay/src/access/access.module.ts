import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CoordinatorGuard } from './coordinator.guard.js';

/** Closes every route. Import it after the login, whose guards say who asks. */
@Module({ providers: [{ provide: APP_GUARD, useClass: CoordinatorGuard }] })
export class AccessModule {}
