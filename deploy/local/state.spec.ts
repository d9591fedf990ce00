import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startPostgres } from './postgres.js';
import { processIdentity } from './process-record.js';
import { compiled } from './project-root.js';
import { StateFolder } from './state.js';

const modules = `
  const { StateFolder } = await import(${JSON.stringify(compiled('deploy/local/state.ts'))});
  const { ProcessRecord } = await import(${JSON.stringify(compiled('deploy/local/process-record.ts'))});
  const { Child } = await import(${JSON.stringify(compiled('deploy/local/child.ts'))});
  const { startPostgres } = await import(${JSON.stringify(compiled('deploy/local/postgres.ts'))});`;

const startSleeper = `{ child: new Child({ name: 'sleeper', command: 'sleep', args: ['600'], env: process.env, record: state.record }).pid }`;

/**
 * A launcher in a process of its own: opens the folder (undefined: a temporary one), starts a process, and tells what
 * the expression `starts` gives. `guarded: false`: as if its guard had been killed too.
 */
async function launcher(folder: string | undefined, { guarded = true, starts = startSleeper } = {}) {
  const code = `${modules}
    const folder = ${JSON.stringify(folder)};
    const state = ${guarded} ? await StateFolder.open(folder) : { path: folder, record: ProcessRecord.in(folder) };
    console.log(JSON.stringify({ path: state.path, ...(${starts}) }));
    setInterval(() => {}, 1000);`;
  const launched = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(launched.stdout, 'data')) as [Buffer];
  const told = JSON.parse(String(line)) as { path: string; child: number };
  return {
    ...told,
    killHard: async () => {
      launched.kill('SIGKILL');
      await once(launched, 'exit');
    },
  };
}

async function eventually(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    if (condition()) return true;
    await sleep(50);
  }
  return false;
}

describe('the state folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'state-spec-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('removes a temporary folder at the end, and keeps a named one', async () => {
    const temporary = await StateFolder.open();
    writeFileSync(path.join(temporary.folder('keys'), 'key'), 'x');
    await temporary.close();
    expect(existsSync(temporary.path)).toBe(false);

    const kept = await StateFolder.open(folder);
    writeFileSync(path.join(kept.folder('keys'), 'key'), 'x');
    await kept.close();
    expect(readdirSync(folder)).toEqual(['keys']);
    expect(existsSync(path.join(folder, 'keys', 'key'))).toBe(true);
  });

  it('lets one launcher in at a time, and the next when that one has ended', async () => {
    const first = await StateFolder.open(folder);
    await expect(StateFolder.open(folder)).rejects.toThrow(/another launcher is at work/);
    await first.close();
    const second = await StateFolder.open(folder);
    await second.close();
  });

  it('is entered by the next launcher after the first was killed, whose processes and guard have ended', async () => {
    const killed = await launcher(folder);
    expect(processIdentity(killed.child)).toBeDefined();
    await killed.killHard();
    expect(await eventually(() => processIdentity(killed.child) === undefined)).toBe(true);
    const next = await StateFolder.open(folder);
    await next.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends at the next start what a killed launcher left when its guard was killed too', async () => {
    const killed = await launcher(folder, { guarded: false });
    await killed.killHard();
    await sleep(300);
    expect(processIdentity(killed.child)).toBeDefined();
    const said: string[] = [];
    const next = await StateFolder.open(folder, (line) => said.push(line));
    expect(processIdentity(killed.child)).toBeUndefined();
    expect(said).toEqual(['ended what an interrupted run had left: sleeper']);
    await next.close();
  });

  it('removes the temporary folder of a launcher that was killed', async () => {
    const killed = await launcher(undefined);
    expect(existsSync(killed.path)).toBe(true);
    await killed.killHard();
    expect(await eventually(() => !existsSync(killed.path))).toBe(true);
    expect(processIdentity(killed.child)).toBeUndefined();
  });

  it('keeps the data of a PostgreSQL whose launcher and guard were killed, and starts it again', async () => {
    chmodSync(folder, 0o711);
    const query = async (url: string, sql: string) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query(sql);
      await client.end();
      return rows as unknown[];
    };
    const dataDir = path.join(folder, 'postgres');
    const starts = `await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, record: state.record })
      .then(async (postgres) => ({ child: postgres.pid, url: await postgres.createDatabase('kept') }))`;
    const killed = (await launcher(folder, { guarded: false, starts })) as unknown as {
      child: number;
      url: string;
      killHard(): Promise<void>;
    };
    await query(killed.url, 'create table kept as select 42 as n');
    await killed.killHard();
    expect(processIdentity(killed.child)).toBeDefined();

    const next = await StateFolder.open(folder);
    expect(processIdentity(killed.child)).toBeUndefined();
    const postgres = await startPostgres({ dataDir, record: next.record });
    expect(await query(await postgres.createDatabase('kept'), 'select n from kept')).toEqual([{ n: 42 }]);
    await postgres.stop();
    await next.close();
  });
});
