import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LoginCookies } from './cookies.js';
import { IdentityGuard } from './identity.guard.js';
import { IdentityProviders } from './identity-providers.js';
import { LoginController } from './login.controller.js';
import { Login } from './login.js';
import { ConfigurableModuleClass } from './login.options.js';
import { RequestLimits } from './request-limits.guard.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.js';
import { loginEntities } from './tables.js';

/**
 * Login for an app: the routes under `/auth`, and guards that close every other route.
 * Register with `forRoot(options)` or `forRootAsync({ imports, inject, useFactory })`. The app provides a `Clock` globally,
 * has `loginEntities` in its data source, runs `loginTablesSql` in a migration and imports `ScheduleModule.forRoot()` once.
 */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature(loginEntities)],
  controllers: [LoginController],
  providers: [
    LoginCookies,
    IdentityProviders,
    Sessions,
    Login,
    { provide: APP_GUARD, useClass: SameOriginGuard },
    { provide: APP_GUARD, useClass: IdentityGuard },
    { provide: APP_GUARD, useClass: RequestLimits },
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [Login, LoginCookies],
})
export class LoginModule extends ConfigurableModuleClass {}
