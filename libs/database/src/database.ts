import type { MixedList } from 'typeorm';
import { DataSource, type DataSourceOptions, type EntitySchema } from 'typeorm';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { ConfigurationError } from '#libs/configuration';

type Classes = (new () => object)[];

/** How every program connects: real migrations, never `synchronize`, durable commits, and a bounded pool. */
export const databaseOptions = (
  url: string,
  entities: Classes,
  migrations: Classes,
): DataSourceOptions & { entities: MixedList<string | (new () => object) | EntitySchema> } => ({
  type: 'postgres',
  url,
  entities,
  migrations: migrations as never,
  synchronize: false,
  migrationsRun: false,
  logging: false,
  // whoever waits for persons whom somebody else holds waits with a connection; others must find one
  poolSize: 16,
  // a frozen or cut connection must not hold a request for ever
  connectTimeoutMS: 5_000,
  extra: { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000, keepAlive: true },
});

/** Any fixed number, the same in every program: holds off a second migration of the same database. */
const MIGRATION_LOCK = 7_141_2003;

/**
 * Brings the database up to date. Forward only; harmless when repeated, and when several processes start at once,
 * because a session lock lets one of them work while the others wait.
 * @throws ConfigurationError when a newer release brought it further than this one knows
 */
export async function migrate(options: DataSourceOptions): Promise<void> {
  const lock = new Client({ connectionString: (options as { url: string }).url });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = await new DataSource(options).initialize();
    try {
      await refuseNewer(dataSource);
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await lock.end();
  }
}

/** This program would write what the newer one no longer understands. */
async function refuseNewer(dataSource: DataSource): Promise<void> {
  const [{ there }] = await dataSource.query<[{ there: boolean }]>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (!there) return;
  const [newest] = await dataSource.query<{ name: string }[]>(
    'select name from migrations order by "timestamp" desc limit 1',
  );
  const number = (name: string): number => Number(/\d{13}$/.exec(name)?.[0]);
  const known = Math.max(...dataSource.migrations.map(({ constructor }) => number(constructor.name)));
  if (newest && number(newest.name) > known)
    throw new ConfigurationError(
      `DATABASE_URL: a newer release brought this database up to date (${newest.name}); start that release, or restore the backup from before it. Nothing was changed.`,
    );
}

const PAUSE = 2_000;

/** Whether nothing listens (yet), or the server is starting up (SQLSTATE 57P03). */
const isUnreachable = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'ECONNRESET', '57P03'].includes(
    String((error as { code?: unknown } | null)?.code),
  );

/**
 * Brings the database up to date; one that does not answer yet is waited for, so that programs may start in any order.
 * @param waiting told each time it did not answer
 */
export async function migrateWhenReachable(
  options: DataSourceOptions,
  waiting: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    try {
      return await migrate(options);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      waiting(error);
      await wait(PAUSE);
    }
  }
}
