import { escapeIdentifier } from 'pg';
import type { Federation } from '../../deploy/local/federation.js';
import { query } from './database.js';

const copyOf = (party: string): string => `${party}_backup`;

/** Takes a copy of a party's database, while its sessions are locked out for a moment. */
export async function backUp(federation: Federation, party: string): Promise<void> {
  const run = runner(federation);
  const [from, to] = [escapeIdentifier(party), escapeIdentifier(copyOf(party))];
  await run(`drop database if exists ${to}`);
  await lockedOut(run, party, () => run(`create database ${to} template ${from} owner ${from}`));
}

/** Puts the copy in the place of the database, with the party's program stopped before and started after. */
export async function restore(federation: Federation, party: string): Promise<void> {
  const run = runner(federation);
  const [now, copy] = [escapeIdentifier(party), escapeIdentifier(copyOf(party))];
  const program = federation.program(party);
  await program.stop();
  try {
    await run(`drop database ${now} with (force)`);
    await run(`alter database ${copy} rename to ${now}`);
    await run(`revoke connect on database ${now} from public`);
  } finally {
    await program.start();
  }
}

type Run = (sql: string, parameters?: unknown[]) => Promise<object[]>;

const runner =
  ({ postgres }: Federation): Run =>
  (sql, parameters) =>
    query(postgres.adminUrl, sql, parameters);

async function lockedOut(run: Run, party: string, work: () => Promise<unknown>): Promise<void> {
  const name = escapeIdentifier(party);
  await run(`alter database ${name} allow_connections false`);
  try {
    await run(`select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1`, [party]);
    await work();
  } finally {
    await run(`alter database ${name} allow_connections true`);
  }
}
