import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SystemClock } from '#libs/clock';
import { migrateWhenReachable } from '#libs/database';
import { FederationTransport, Outbox, OutboxSender } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import { listen, runProgram } from '#libs/program';
import { DataSource } from 'typeorm';
import { AppModule, nodeDatabase } from './app.module.js';
import { loadConfig } from './config.js';
import { addNodeHttp } from './http.js';
import { checkLastingSettings } from './lasting-settings.js';

await runProgram('The node', async (program) => {
  const config = loadConfig();
  const clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock();
  const logger = new ProgramLogger('regional-node', config.logLevel);
  await migrateWhenReachable(nodeDatabase(config.databaseUrl), (error) =>
    logger.warning('database-awaited', { error: errorKind(error) }),
  );
  await checkLastingSettings(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, clock, logger), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  addNodeHttp(app, logger);
  program.stopByClosing(app, config, logger);
  app.connectMicroservice({ strategy: app.get(FederationTransport) });
  // else messages come in before the register is read, and are refused as wrongly signed
  await app.init();
  await app.get(DataSource).transaction((manager) => app.get(Outbox).retrySetAside(manager));
  await app.startAllMicroservices();
  app.get(OutboxSender).start();
  const port = await listen(app, config);
  logger.event('ready', { port, region: config.region });
});
