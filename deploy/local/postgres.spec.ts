import {
  mkdtempSync,
  rmSync,
  chmodSync,
  mkdirSync,
  existsSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { startPostgres, type Postgres } from './postgres.js';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a local PostgreSQL', () => {
  let folder: string;
  let dataDir: string;
  let postgres: Postgres | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'postgres-spec-'));
    chmodSync(folder, 0o711);
    dataDir = path.join(folder, 'data');
  });
  afterEach(async () => {
    await postgres?.stop();
    postgres = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps what was committed through a crash, on the same port with the same addresses', async () => {
    postgres = await startPostgres({ dataDir });
    const { port, adminUrl } = postgres;
    const url = await postgres.createDatabase('region-a');
    await query(url, 'create table kept (n int)');
    await query(url, 'insert into kept values (42)');
    await postgres.kill();
    expect(postgres.running).toBe(false);

    postgres = await startPostgres({ dataDir, port });
    expect(postgres.adminUrl).toBe(adminUrl);
    expect(await postgres.createDatabase('region-a')).toBe(url);
    expect(await query(url, 'select n from kept')).toEqual([{ n: 42 }]);
  });

  it('is durable, with checksums, unless it is asked not to be', async () => {
    const settings = `select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums') order by name`;
    postgres = await startPostgres({ dataDir });
    const durable = (await query(postgres.adminUrl, settings)).map(({ setting }) => setting);
    expect(durable).toEqual(['on', 'on', 'on', 'on']);
    await postgres.stop();

    postgres = await startPostgres({ dataDir, durable: false });
    const throwAway = (await query(postgres.adminUrl, settings)).map(({ setting }) => setting);
    expect(throwAway).toEqual(['on', 'off', 'off', 'on']);
  });

  it('refuses a wrong password and no password, also from loopback', async () => {
    postgres = await startPostgres({ dataDir, durable: false });
    const wrong = new URL(postgres.adminUrl);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    wrong.password = '';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password/);
    expect(statSync(path.join(dataDir, 'admin.password')).mode & 0o077).toBe(0);
  });

  it('keeps the databases of two regions apart', async () => {
    postgres = await startPostgres({ dataDir, durable: false });
    const a = await postgres.createDatabase('region-a');
    const b = new URL(await postgres.createDatabase('region-b'));
    await query(a, 'create table of_a (n int)');
    b.pathname = '/region-a';
    await expect(query(b.href, 'select * from of_a')).rejects.toThrow(/permission denied for database/);
    await expect(postgres.createDatabase('a"; drop')).rejects.toThrow(/not a database name/);
  });

  it('starts over when the first start was interrupted before the data were complete', async () => {
    mkdirSync(`${dataDir}.unfinished`);
    writeFileSync(path.join(`${dataDir}.unfinished`, 'PG_VERSION'), '18\n');
    postgres = await startPostgres({ dataDir, durable: false });
    expect(existsSync(`${dataDir}.unfinished`)).toBe(false);
    expect(await query(postgres.adminUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('starts after a crash when another process has got the old pid meanwhile', async () => {
    postgres = await startPostgres({ dataDir, durable: false });
    await postgres.kill();
    const pidFile = path.join(dataDir, 'postmaster.pid');
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)));
    postgres = await startPostgres({ dataDir, durable: false });
    expect(postgres.running).toBe(true);
  });

  it('says what to do when there is no usable PostgreSQL', async () => {
    const before = process.env.PG_BIN_DIR;
    process.env.PG_BIN_DIR = folder;
    try {
      await expect(startPostgres({ dataDir })).rejects.toThrow(/PG_BIN_DIR holds no PostgreSQL/);
    } finally {
      if (before === undefined) delete process.env.PG_BIN_DIR;
      else process.env.PG_BIN_DIR = before;
    }
  });
});
