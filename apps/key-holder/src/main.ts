import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SECOND, SystemClock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { migrate } from '#libs/database';
import { errorKind, ProgramLogger } from '#libs/observability';
import { AppModule, keyHolderDatabase } from './app.module.js';
import { loadConfig } from './config.js';

/** Brings the database up to date; a database that does not answer yet is waited for. */
async function migrateWhenReachable(databaseUrl: string, logger: ProgramLogger): Promise<void> {
  for (;;) {
    try {
      return await migrate(keyHolderDatabase(databaseUrl));
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      logger.warning('database-awaited', { error: errorKind(error) });
      await wait(2 * SECOND);
    }
  }
}

/** Whether nothing listens (yet), or the server is starting up (SQLSTATE 57P03). */
const isUnreachable = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'].includes(
    String((error as { code?: unknown } | null)?.code),
  );

try {
  const config = loadConfig();
  const clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock();
  const logger = new ProgramLogger('key-holder', config.logLevel);
  await migrateWhenReachable(config.databaseUrl, logger);
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
