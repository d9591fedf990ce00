import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { OffsetFileClock, SystemClock } from '#libs/clock';
import { migrateWhenReachable } from '#libs/database';
import { errorKind, ProgramLogger } from '#libs/observability';
import { listen, runProgram } from '#libs/program';
import { AppModule, keyHolderDatabase } from './app.module.js';
import { loadConfig } from './config.js';
import { checkLastingSettings } from './lasting-settings.js';

await runProgram('The key holder', async (program) => {
  const config = loadConfig();
  const clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock();
  const logger = new ProgramLogger('key-holder', config.logLevel);
  await migrateWhenReachable(keyHolderDatabase(config.databaseUrl), (error) =>
    logger.warning('database-awaited', { error: errorKind(error) }),
  );
  await checkLastingSettings(config);
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config, clock, logger), {
    logger,
    abortOnError: false,
    bodyParser: false,
  });
  program.stopByClosing(app, config, logger);
  const port = await listen(app, config);
  logger.event('ready', { port });
});
