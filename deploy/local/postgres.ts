import { spawnSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { Child } from './child.js';
import { type Log } from './log.js';
import { freePort } from './ports.js';
import {
  postgresBinaries,
  postgresEnvironment,
  unprivilegedAccount,
  type Account,
} from './postgres-binaries.js';
import { type ProcessRecord } from './process-record.js';

const ADMIN = 'postgres';

/** How a PostgreSQL is started. */
export interface PostgresOptions {
  /** Its data folder; made when it is not there, else the data in it are used. */
  dataDir: string;
  /** Default: a free one. */
  port?: number;
  /** False for throw-away data: a crash of the server they survive, a power cut not. Default true. */
  durable?: boolean;
  log?: Log;
  /** Where the process is remembered, so that it does not outlive a launcher that was killed. */
  record?: ProcessRecord;
  /** Gets every line of its log. */
  onLine?: (line: string) => void;
}

/** A running PostgreSQL on loopback. */
export interface Postgres {
  /** `postgres://` address of the superuser, with its password. */
  adminUrl: string;
  port: number;
  pid: number;
  readonly running: boolean;
  /** Fast shutdown: sessions are ended, everything is written. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would; start again on the same folder. */
  kill(): Promise<void>;
  /**
   * Gives the address of database `name`, which is made when it is not there yet, with a role of the same name that
   * owns it; no other role of this server can connect to it. Only lower-case letters, digits, `_` and `-`.
   */
  createDatabase(name: string): Promise<string>;
}

/**
 * Starts a real PostgreSQL on 127.0.0.1. Every connection needs a password (SCRAM); there is no socket and no trust,
 * because others on the machine may be curious. The superuser's password is random, made with the data, and kept in
 * the data folder, which only the account that runs PostgreSQL can read.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, durable = true, log = () => undefined } = options;
  const account = unprivilegedAccount();
  const parent = path.dirname(dataDir);
  mkdirSync(parent, { recursive: true });
  checkReach(parent, account);
  const bin = postgresBinaries(account, parent, log);
  if (!existsSync(dataDir)) initialise(bin, dataDir, account, durable);
  removeStalePidFile(dataDir);
  const port = options.port ?? (await freePort());
  const child = await startServer(bin, port, account, options);
  const password = readFileSync(path.join(dataDir, 'admin.password'), 'utf8');
  const adminUrl = address(ADMIN, password, port, 'postgres');
  return {
    adminUrl,
    port,
    pid: child.pid,
    get running() {
      return child.running;
    },
    stop: () => child.stop(),
    kill: () => child.kill(),
    createDatabase: (name) => createDatabase(adminUrl, name, rolePassword(password, name), port),
  };
}

const address = (user: string, password: string, port: number, database: string): string =>
  `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;

/** The password of a role: derived, so that it need not be stored and is the same at every start. */
export const rolePassword = (adminPassword: string, role: string): string =>
  createHmac('sha256', adminPassword).update(role).digest('base64url');

function checkReach(parent: string, account: Account): void {
  if (account.uid === undefined) return;
  if (spawnSync('test', ['-x', parent], { ...account, cwd: '/' }).status !== 0)
    throw new Error(
      `the account that runs PostgreSQL cannot reach ${parent}: choose a state folder that is not inside a closed one`,
    );
}

function initialise(bin: string, dataDir: string, account: Account, durable: boolean): void {
  // under another name until it is complete, so that an interrupted start leaves no half data folder
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
  for (const file of [unfinished, passwordFile])
    if (account.uid !== undefined) chownSync(file, account.uid, account.gid!);
  const initdb = spawnSync(
    path.join(bin, 'initdb'),
    [
      ...['-D', unfinished, '-U', ADMIN, '--pwfile', passwordFile, '--auth=scram-sha-256'],
      ...['-E', 'UTF8', '--locale=C', '--no-instructions'],
      durable ? '--data-checksums' : '--no-sync',
    ],
    { ...account, cwd: '/', env: postgresEnvironment(), encoding: 'utf8' },
  );
  if (initdb.status !== 0) {
    rmSync(passwordFile, { force: true });
    throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`);
  }
  renameSync(passwordFile, path.join(unfinished, 'admin.password'));
  renameSync(unfinished, dataDir);
}

/**
 * A killed PostgreSQL leaves its pid file, and refuses to start while *any* process of its account has that pid.
 * The file is removed when that process is not a PostgreSQL on these data.
 */
function removeStalePidFile(dataDir: string): void {
  const file = path.join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = readFileSync(file, 'utf8').split('\n')[0]!;
  const command = spawnSync('ps', ['-o', 'command=', '-p', pid], { encoding: 'utf8' });
  if (command.error) return; // no ps: leave the decision to PostgreSQL
  if (!command.stdout.includes(dataDir)) rmSync(file);
}

const DURABLE = [
  ...['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'],
  // one call after a crash, instead of seconds of fsync for thousands of files; Linux only
  ...(process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : []),
];
const THROW_AWAY = ['fsync=off', 'full_page_writes=off'];

async function startServer(
  bin: string,
  port: number,
  account: Account,
  { dataDir, durable = true, record, onLine }: PostgresOptions,
): Promise<Child> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    // its log must not quote data: no statements, no details of the row that broke a rule
    'log_error_verbosity=terse',
    'log_min_error_statement=panic',
    ...(durable ? DURABLE : THROW_AWAY),
  ].flatMap((setting) => ['-c', setting]);
  for (let attempt = 1; ; attempt++) {
    const child = new Child({
      name: 'PostgreSQL',
      command: path.join(bin, 'postgres'),
      args: ['-D', dataDir, '-p', String(port), ...settings],
      env: postgresEnvironment(),
      cwd: '/',
      ...account,
      stopSignal: 'SIGINT', // fast shutdown; SIGTERM would wait for every session
      record,
      onLine,
    });
    try {
      await child.firstLine((line) => line.includes('ready to accept connections') || undefined);
      return child;
    } catch (error) {
      // sessions of a killed server need a moment to notice its death, and hold its shared memory until then
      if (attempt >= 20 || !child.lastLines.includes('is still in use')) throw error;
      await sleep(250);
    }
  }
}

async function createDatabase(
  adminUrl: string,
  name: string,
  password: string,
  port: number,
): Promise<string> {
  if (!/^[a-z0-9_-]{1,63}$/.test(name)) throw new Error(`not a database name: ${name}`);
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const known = async (sql: string) => (await admin.query(sql, [name])).rowCount === 1;
    const id = escapeIdentifier(name);
    if (!(await known('select from pg_roles where rolname = $1')))
      await admin.query(`create role ${id} login password ${escapeLiteral(password)}`);
    if (!(await known('select from pg_database where datname = $1')))
      await admin.query(`create database ${id} owner ${id}`);
    await admin.query(`revoke connect on database ${id} from public`);
  } finally {
    await admin.end();
  }
  return address(name, password, port, name);
}
