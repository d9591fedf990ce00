import 'reflect-metadata';
import type { AddressInfo, Server } from 'node:net';
import { ConfigurationError } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { createApplication } from './application.js';
import { readConfiguration } from './config.js';
import { Register } from './register/index.js';

try {
  const configuration = readConfiguration();
  const logger = new ProgramLogger('brp-simulator');
  const application = await createApplication(configuration, logger);
  application.enableShutdownHooks();
  await application.listen(configuration.port, configuration.host);
  const { port } = (application.getHttpServer() as Server).address() as AddressInfo;
  logger.event('ready', { port, persons: application.get(Register).size });
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
