import 'reflect-metadata';
import { ConfigurationError, softwareVersion } from '#libs/configuration';
import { errorKind, ProgramLogger } from '#libs/observability';
import { createApplication, startRelaying } from './application.js';
import { loadConfig } from './config.js';
import { UnsafeHub } from './hub/index.js';

try {
  const config = loadConfig();
  const logger = new ProgramLogger('national-relay', config.logLevel);
  const app = await createApplication(config, logger);
  await app.listen(config.port, config.host);
  await startRelaying(app);
  const { port } = app.getHttpServer().address() as { port: number };
  logger.event('ready', { port, version: softwareVersion() });
} catch (error) {
  const explained = error instanceof ConfigurationError || error instanceof UnsafeHub;
  process.stderr.write(`${explained ? error.message : `The relay cannot start: ${errorKind(error)}`}\n`);
  process.exit(1);
}
