import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ChildProgram, type LogEntry, type ProgramOptions } from './processes.js';

const PROGRAM = `
import { createServer } from 'node:http';
if (process.env.MISTAKE) { console.error('MISTAKE must not be set'); process.exit(1); }
const server = createServer((_request, response) => response.end(String(process.pid)));
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log('not json');
  console.log(JSON.stringify({ event: 'ready', port: server.address().port, inherited: process.env.HOME !== undefined }));
});
if (!process.env.DEAF) process.on('SIGTERM', () => { console.log(JSON.stringify({ event: 'stopped' })); process.exit(0); });
`;

describe('a program as a child process', () => {
  let folder: string;
  let main: string;
  const programs: ChildProgram[] = [];
  const program = (options: Partial<ProgramOptions> = {}) => {
    const one = new ChildProgram({ name: 'the program', app: 'none', main, env: { PORT: '0' }, ...options });
    programs.push(one);
    return one;
  };
  const answeringPid = async (one: ChildProgram) =>
    Number(await (await fetch(one.url, { headers: { connection: 'close' } })).text());

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'processes-spec-'));
    main = path.join(folder, 'main.mjs');
    writeFileSync(main, PROGRAM);
  });
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('is ready when its log says so, hands on its log, and stops in good order', async () => {
    const entries: LogEntry[] = [];
    const lines: string[] = [];
    const one = program({ onLog: (entry) => entries.push(entry), onLine: (line) => lines.push(line) });
    await one.start();
    expect(await answeringPid(one)).toBe(one.pid);
    await one.stop();
    expect(one.running).toBe(false);
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual(['not json']);
    expect(lines).toHaveLength(entries.length + 1);
    expect(entries).toEqual([{ event: 'ready', port: one.port, inherited: false }, { event: 'stopped' }]);
  });

  it('fails to start with what the program said', async () => {
    const one = program({ env: { PORT: '0', MISTAKE: 'yes' }, restart: true });
    await expect(one.start()).rejects.toThrow('the program ended (exit code 1):\nMISTAKE must not be set');
    expect(one.running).toBe(false);
  });

  it('runs another file from its next start on, at the same port', async () => {
    const one = program();
    await one.start();
    const { port } = one;
    one.main = path.join(folder, 'next.mjs');
    writeFileSync(one.main, PROGRAM.replace('String(process.pid)', "'next'"));
    expect(await answeringPid(one)).toBe(one.pid);
    await one.stop();
    await one.start();
    expect(one.port).toBe(port);
    expect(await (await fetch(one.url, { headers: { connection: 'close' } })).text()).toBe('next');
  });

  it('answers nothing while frozen, and again after thawing', async () => {
    const one = program();
    await one.start();
    one.freeze();
    await expect(fetch(one.url, { signal: AbortSignal.timeout(300) })).rejects.toThrow(/abort|timeout/i);
    expect(one.running).toBe(true);
    one.thaw();
    expect(await answeringPid(one)).toBe(one.pid);
  });

  it('comes back by itself on the same port after a crash, and not after it was stopped', async () => {
    const one = program({ restart: true });
    await one.start();
    const [port, pid] = [one.port, one.pid];
    await one.kill();
    await one.whenReady();
    expect(one.port).toBe(port);
    expect(await answeringPid(one)).not.toBe(pid);
    await one.stop();
    await expect(one.whenReady(1_000)).rejects.toThrow(/was not ready/);
  });

  it('stays down after a crash without supervision, until it is started again', async () => {
    const one = program();
    await one.start();
    await one.kill();
    await expect(one.whenReady(600)).rejects.toThrow(/was not ready/);
    await one.start();
    expect(await answeringPid(one)).toBe(one.pid);
  });
});
