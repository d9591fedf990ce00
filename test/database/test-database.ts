import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** A database of its own for one spec file. */
export interface TestDatabase {
  url: string;
  /** Ends whatever is still connected and removes the database. */
  drop(): Promise<void>;
}

/** Makes an empty database on the PostgreSQL of this test run (TEST_DATABASE_URL). */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create('template1');
}

/**
 * Makes a copy of a database that `prepare` has prepared. The first caller of the test run prepares it, in whichever
 * process; all later callers of the same `name` copy it, which takes a fraction of the time of the migrations.
 * @param name lower-case letters and `_`: one name for one way to prepare
 */
export async function createPreparedDatabase(
  name: string,
  prepare: (url: string) => Promise<void>,
): Promise<TestDatabase> {
  const template = `prepared_${name}`;
  const admin = new Client({ connectionString: adminUrl() });
  await admin.connect();
  try {
    // one process prepares, the others wait; the lock ends with the session
    await admin.query('select pg_advisory_lock(hashtext($1))', [template]);
    const { rows } = await admin.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [template],
    );
    if (!rows[0]?.ready) {
      // one that is there and not ready is left of a preparation that failed
      await admin.query(`drop database if exists ${template} with (force)`);
      await admin.query(`create database ${template}`);
      await prepare(urlOf(template));
      await admin.query(`alter database ${template} is_template true`);
    }
  } finally {
    await admin.end();
  }
  return create(template);
}

async function create(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(adminUrl(), `create database ${name} template ${template}`);
  return {
    url: urlOf(name),
    drop: () => query(adminUrl(), `drop database if exists ${name} with (force)`),
  };
}

function adminUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url)
    throw new Error('TEST_DATABASE_URL is not set: the global setup of jest starts a PostgreSQL and sets it');
  return url;
}

function urlOf(database: string): string {
  const url = new URL(adminUrl());
  url.pathname = `/${database}`;
  return url.href;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
