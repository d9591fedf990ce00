import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const local = (name) => new URL(`../../dist/deploy/local/${name}.js`, import.meta.url);

/**
 * Starts one throw-away PostgreSQL for the whole run (TEST_DATABASE_URL: its superuser), and finds or gets a
 * nats-server (NATS_SERVER_BIN) for suites that start brokers of their own.
 */
export default async function setup() {
  if (!existsSync(fileURLToPath(local('postgres'))))
    throw new Error('run "npm run build" first: the tests start PostgreSQL by the built launcher');
  const { StateFolder } = await import(local('state'));
  const { provideNatsServer } = await import(local('nats-binary'));
  const { startPostgres } = await import(local('postgres'));
  const state = await StateFolder.open();
  globalThis.testRun = { state };
  const postgres = await startPostgres({
    dataDir: `${state.path}/postgres`,
    durable: false,
    record: state.record,
  });
  globalThis.testRun.postgres = postgres;
  process.env.TEST_DATABASE_URL = postgres.adminUrl;

  // without one, only the suites that start a broker fail
  const log = (line) => process.stderr.write(`${line}\n`);
  try {
    process.env.NATS_SERVER_BIN = await provideNatsServer({ log });
  } catch (error) {
    delete process.env.NATS_SERVER_BIN;
    log(error.message);
  }
}
