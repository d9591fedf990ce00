import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { processIdentity, ProcessRecord } from './process-record.js';

describe('the record of started processes', () => {
  let folder: string;
  let record: ProcessRecord;
  const started: ChildProcess[] = [];

  const start = (script = 'setInterval(() => {}, 1000)') => {
    const child = spawn(process.execPath, ['-e', `${script}; console.log('up')`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(child);
    return new Promise<ChildProcess & { pid: number }>((resolve) =>
      child.stdout.once('data', () => resolve(child as never)),
    );
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'record-spec-'));
    record = ProcessRecord.in(folder);
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends the processes that still live, and forgets them', async () => {
    const child = await start();
    record.add(child.pid, 'the sleeper', 'SIGTERM');
    expect(await ProcessRecord.endAllIn(folder)).toEqual(['the sleeper']);
    expect(processIdentity(child.pid)).toBeUndefined();
    expect(existsSync(record.file)).toBe(false);
    expect(await ProcessRecord.endAllIn(folder)).toEqual([]);
  });

  it('kills one that ignores the friendly signal, and one that is frozen', async () => {
    const [deaf, frozen] = [
      await start("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"),
      await start(),
    ];
    frozen.kill('SIGSTOP');
    record.add(deaf.pid, 'deaf', 'SIGTERM');
    record.add(frozen.pid, 'frozen', 'SIGTERM');
    await record.endAll(300);
    expect([processIdentity(deaf.pid), processIdentity(frozen.pid)]).toEqual([undefined, undefined]);
  });

  it('never touches another process that has got the pid meanwhile', async () => {
    const innocent = await start();
    record.add(innocent.pid, 'gone', 'SIGTERM');
    const line = JSON.parse(readFileSync(record.file, 'utf8')) as { identity: string };
    const older = new ProcessRecord(`${record.file}.older`);
    appendFileSync(older.file, `${JSON.stringify({ ...line, identity: `${line.identity}0` })}\n{"pid":`);
    expect(await older.endAll()).toEqual([]);
    expect(processIdentity(innocent.pid)).toBe(line.identity);
  });
});
