import 'reflect-metadata';
import { ConfigurationError } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { loadConfig } from './config.js';
import { loadAccounts, loadClients } from './demo-data.js';

try {
  const config = loadConfig();
  const accounts = loadAccounts(config.accountsFile);
  const clients = loadClients(config.clientsFile);
  const logger = new ProgramLogger('idp-simulator');
  // oidc-provider writes to standard error when it is loaded; a message about settings must stand there alone
  const { createApp } = await import('./app.js');
  const app = await createApp(config, accounts, clients, logger);
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  logger.event('ready', { port });
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
