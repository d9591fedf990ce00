import 'reflect-metadata';
import { softwareVersion } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { listen, runProgram } from '#libs/program';
import { createApplication, startRelaying } from './application.js';
import { loadConfig } from './config.js';
import { UnsafeHub } from './hub/index.js';

await runProgram(
  'The relay',
  async (program) => {
    const config = loadConfig();
    const logger = new ProgramLogger('national-relay', config.logLevel);
    const app = await createApplication(config, logger);
    program.stopByClosing(app, config, logger);
    const port = await listen(app, config);
    await startRelaying(app);
    logger.event('ready', { port, version: softwareVersion() });
  },
  [UnsafeHub],
);
