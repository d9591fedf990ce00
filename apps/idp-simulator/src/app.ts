import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { TerminusModule } from '@nestjs/terminus';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Provider } from 'oidc-provider';
import { MetricsController, type ProgramLogger } from '#libs/observability';
import { ProblemFilter } from '#libs/problems';
import type { Config } from './config.js';
import type { Account, ClientApp } from './demo-data.js';
import { HealthController } from './health.controller.js';
import { ACCOUNTS, InteractionController } from './interaction.controller.js';
import { STYLE_SOURCE } from './pages.js';
import { createProvider } from './provider.js';

/** What the simulator answers itself; everything else is the provider's. */
const OWN_PATHS = /^\/($|interaction\/|health\/|metrics$)/;

@Module({})
class AppModule {}

/** Puts the simulator together; it does not listen yet. */
export async function createApp(
  config: Config,
  accounts: readonly Account[],
  clients: readonly ClientApp[],
  logger: ProgramLogger,
): Promise<NestExpressApplication> {
  const provider = createProvider(config, accounts, clients, logger);
  const app = await NestFactory.create<NestExpressApplication>(
    {
      module: AppModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [InteractionController, HealthController, MetricsController],
      providers: [
        { provide: Provider, useValue: provider },
        { provide: ACCOUNTS, useValue: accounts },
      ],
    },
    { logger },
  );
  app.use(securityHeaders(clients));
  const answer = provider.callback();
  // before the body parsers, since the provider reads bodies itself
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (OWN_PATHS.test(request.path)) next();
    else void answer(request, response);
  });
  app.useGlobalFilters(new ProblemFilter());
  return app;
}

function securityHeaders(clients: readonly ClientApp[]) {
  const destinations = clients.flatMap(({ redirectUris, postLogoutRedirectUris }) => [
    ...redirectUris,
    ...postLogoutRedirectUris,
  ]);
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: [STYLE_SOURCE],
        // browsers hold the redirects after a form to this list too, and those lead back to the app
        formAction: ["'self'", ...new Set(destinations.map((address) => new URL(address).origin))],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}
