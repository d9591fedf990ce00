import type { NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { Child } from '../../../deploy/local/child.js';
import { PROJECT_ROOT } from '../../../deploy/local/project-root.js';
import { Federation, until } from './federation.js';

/** Every stage of a key: the write that brings it there is when the process dies. */
const STAGES = ['round1', 'round2', 'manifest', 'ready'] as const;
const GATE = 42;

describe('a key holder that is killed in the middle of each step of the ceremony', () => {
  let federation: Federation;
  let region: NatsConnection;
  let database: Client;
  let child: Child | undefined;

  beforeAll(async () => {
    federation = await Federation.start();
    region = await federation.connectAs('noord');
  });
  afterAll(() => federation?.stop());
  beforeEach(async () => {
    await federation.renewDatabases();
    database = new Client({ connectionString: federation.databases['holder-1'].url });
    await database.connect();
    await database.query(`
      create function hold_step() returns trigger language plpgsql as $$
        begin
          if new.stage = tg_argv[0] then perform pg_advisory_xact_lock(${GATE}); end if;
          return new;
        end $$`);
  });
  afterEach(async () => {
    await child?.kill();
    await database.end();
    await federation.closeHolders();
  });

  it.each([
    ['before its write has landed', 'lost'],
    ['after its write has landed, not knowing that it has', 'landed'],
  ])('%s, comes to the same manifest as the others', async (_, outcome) => {
    await federation.startHolders(['holder-2', 'holder-3']);
    for (const stage of STAGES) {
      await database.query('drop trigger if exists hold on epoch_key');
      await database.query(
        `create trigger hold before insert or update on epoch_key for each row execute function hold_step('${stage}')`,
      );
      await database.query(`select pg_advisory_lock(${GATE})`);
      child = startProcess();
      const writer = await until(waitingWriter);
      await child.kill();
      if (outcome === 'lost') await database.query('select pg_terminate_backend($1)', [writer]);
      await database.query(`select pg_advisory_unlock(${GATE})`);
      await until(async () => (await stageNow()) === (outcome === 'lost' ? previous(stage) : stage));
    }
    await database.query('drop trigger hold on epoch_key');
    child = startProcess();
    const manifests = await federation.manifests(region);
    expect(manifests).toEqual([manifests[0], manifests[0], manifests[0]]);
  });

  const startProcess = () =>
    new Child({
      name: 'key-holder',
      command: process.execPath,
      args: ['dist/apps/key-holder/src/main.js'],
      cwd: PROJECT_ROOT,
      env: federation.environmentOf('holder-1'),
    });

  /** The database's process that has the write of the holder and waits at the gate. */
  async function waitingWriter(): Promise<number | undefined> {
    const { rows } = await database.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and objid = ${GATE} and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    return rows[0]?.pid;
  }

  async function stageNow(): Promise<string> {
    const { rows } = await database.query<{ stage: string }>('select stage from epoch_key where epoch = 1');
    return rows[0]?.stage ?? 'none';
  }
  const previous = (stage: (typeof STAGES)[number]) => ['none', ...STAGES][STAGES.indexOf(stage)];
});
