import 'reflect-metadata';
import { ProgramLogger } from '#libs/observability';
import { listen, runProgram } from '#libs/program';
import { createApplication, listenOverTls } from './application.js';
import { readConfiguration } from './config.js';
import { Register } from './register/index.js';

await runProgram('The person register simulator', async (program) => {
  const configuration = readConfiguration();
  const logger = new ProgramLogger('brp-simulator');
  const application = await createApplication(configuration, logger);
  program.stopByClosing(application, configuration, logger);
  const port = await listen(application, configuration);
  const tlsPort = await listenOverTls(application, configuration);
  logger.event('ready', { port, tlsPort, persons: application.get(Register).size });
});
