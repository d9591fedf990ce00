import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SystemClock, type Clock } from '#libs/clock';
import { migrateWhenReachable } from '#libs/database';
import { addHttp, addScreens, addSecurityText } from '#libs/http';
import { FederationTransport, HubConnection, Outbox, OutboxSender } from '#libs/messaging';
import { errorKind, type ProgramLogger } from '#libs/observability';
import { DataSource } from 'typeorm';
import { AppModule, COOKIE_NAME, relayDatabase } from './app.module.js';
import type { RelayConfig } from './config.js';
import { Forms } from './forms/index.js';
import { HubCheck, HubStreams } from './hub/index.js';
import { checkLastingSettings } from './lasting-settings.js';
import { Register, RegisterResponder } from './register/index.js';
import { Tags } from './tags/index.js';

/** Makes the application on an up-to-date database, with the register open, and not yet listening. @throws ConfigurationError */
export async function createApplication(
  config: RelayConfig,
  logger: ProgramLogger,
  clock: Clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock(),
): Promise<NestExpressApplication> {
  await migrateWhenReachable(relayDatabase(config.databaseUrl), (error) =>
    logger.warning('database-awaited', { error: errorKind(error) }),
  );
  await checkLastingSettings(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, clock, logger), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  addHttp(app, {
    title: 'Verwijsindex, national relay',
    description: 'The federation as the national coordinator sees it.',
    cookieName: COOKIE_NAME,
    trustedProxies: config.trustedProxies,
    // a register names every region with its municipalities and keys
    large: { routes: ['/api/v1/register/_apply'], limit: '512kb' },
  });
  addSecurityText(app, config.publicUrl, config.securityContact);
  // where the build puts apps/console, beside this program
  if (!addScreens(app, new URL('../../console/', import.meta.url))) logger.warning('screens-missing');
  try {
    await app.get(Register).open();
  } catch (error) {
    await app.close();
    throw error;
  }
  return app;
}

/**
 * Begins to relay: waits for a hub that is safe, makes the streams, and then receives, sends and answers.
 * @throws UnsafeHub when the hub may lose what it acknowledges
 */
export async function startRelaying(app: NestExpressApplication): Promise<void> {
  const [register, streams, tags] = [app.get(Register), app.get(HubStreams), app.get(Tags)];
  const [hub, check, transport] = [app.get(HubConnection), app.get(HubCheck), app.get(FederationTransport)];
  await check.whenSafe();
  hub.onUp(() => void check.look());
  await hub.get();
  await streams.prepare();
  await app.get(DataSource).transaction((manager) => app.get(Outbox).retrySetAside(manager));
  await tags.followRegister();
  register.onChange(async () => {
    await streams.renew();
    transport.refreshChannels();
    tags.registerChanged();
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy: transport });
  await app.startAllMicroservices();
  app.get(OutboxSender).start();
  await app.get(RegisterResponder).start();
  await app.get(Forms).start();
}
