import 'reflect-metadata';
import { ConfigurationError } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { createApp } from './app.js';
import { loadConfig } from './config.js';

try {
  const config = loadConfig();
  const logger = new ProgramLogger('idp-simulator');
  const app = await createApp(config, logger);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  logger.event('ready', { port });
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
