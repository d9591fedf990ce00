import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SystemClock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { migrateWhenReachable } from '#libs/database';
import { errorKind, ProgramLogger } from '#libs/observability';
import { AppModule, keyHolderDatabase } from './app.module.js';
import { loadConfig } from './config.js';

try {
  const config = loadConfig();
  const clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock();
  const logger = new ProgramLogger('key-holder', config.logLevel);
  await migrateWhenReachable(keyHolderDatabase(config.databaseUrl), (error) =>
    logger.warning('database-awaited', { error: errorKind(error) }),
  );
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, clock, logger), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  app.enableShutdownHooks();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  logger.event('ready', { port });
} catch (error) {
  const message =
    error instanceof ConfigurationError ? error.message : `The key holder cannot start: ${errorKind(error)}`;
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
