import 'reflect-metadata';
import { ProgramLogger } from '#libs/observability';
import { listen, runProgram } from '#libs/program';
import { loadConfig } from './config.js';
import { loadAccounts, loadClients } from './demo-data.js';

await runProgram('The identity provider simulator', async (program) => {
  const config = loadConfig();
  const accounts = loadAccounts(config.accountsFile);
  const clients = loadClients(config.clientsFile);
  const logger = new ProgramLogger('idp-simulator');
  // oidc-provider writes to standard error when it is loaded; a message about settings must stand there alone
  const { createApp } = await import('./app.js');
  const app = await createApp(config, accounts, clients, logger);
  program.stopByClosing(app, config, logger);
  const port = await listen(app, config);
  logger.event('ready', { port });
});
