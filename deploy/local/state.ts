import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Socket } from 'node:net';
import { type Log } from './log.js';
import { processIdentity, ProcessRecord } from './process-record.js';
import { compiled } from './project-root.js';

/**
 * The folder that holds everything of one federation: data, keys, settings. One launcher at a time.
 * A temporary one goes at the end, also when the launcher is killed; a kept one can be started again.
 */
export class StateFolder {
  private constructor(
    readonly path: string,
    /** True when the folder stays after the end. */
    readonly kept: boolean,
    /** Give this to everything that starts a process: what it holds ends when the launcher does, however that ends. */
    readonly record: ProcessRecord,
    private readonly guard: ChildProcess,
  ) {}

  /**
   * Opens `folder` (made when it is not there), or a new temporary one. Ends what a killed launcher left running there;
   * fails while another launcher is at work in it.
   */
  static async open(folder?: string, log: Log = () => undefined): Promise<StateFolder> {
    const at =
      folder === undefined ? mkdtempSync(path.join(os.tmpdir(), 'verwijsindex-')) : path.resolve(folder);
    if (folder !== undefined) mkdirSync(at, { recursive: true, mode: 0o700 });
    // PostgreSQL's account passes through, and reads nothing
    if (process.getuid?.() === 0) chmodSync(at, 0o711);
    await lock(at);
    const ended = await ProcessRecord.endAllIn(at);
    if (ended.length > 0) log(`ended what an interrupted run had left: ${ended.join(', ')}`);
    const record = ProcessRecord.in(at);
    return new StateFolder(
      at,
      folder !== undefined,
      record,
      startGuard(record, folder === undefined ? at : undefined),
    );
  }

  /** A folder inside, for one program; readable by this account only. */
  folder(name: string): string {
    const at = path.join(this.path, name);
    mkdirSync(at, { recursive: true, mode: 0o700 });
    return at;
  }

  /** Ends every process of the record that still runs, and gives the folder free, or removes it when it is temporary. */
  async close(): Promise<void> {
    await this.record.endAll();
    this.guard.kill('SIGKILL');
    if (this.kept) rmSync(path.join(this.path, LOCK), { force: true });
    else rmSync(this.path, { recursive: true, force: true });
  }
}

const LOCK = 'launcher.lock';

/**
 * Takes the lock: a file with pid and identity of the launcher that works here. A lock of a dead launcher is replaced;
 * of two who replace it at the same time, the last to write has it, and the other sees that after a moment.
 */
async function lock(folder: string): Promise<void> {
  const file = path.join(folder, LOCK);
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, mine, { mode: 0o600 });
  try {
    linkSync(written, file);
    rmSync(written);
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (holderLives(file)) {
    rmSync(written);
    throw inUse(folder);
  }
  renameSync(written, file);
  await sleep(200);
  if (readFileSync(file, 'utf8') !== mine) throw inUse(folder);
}

function holderLives(file: string): boolean {
  try {
    const { pid, identity } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; identity: string };
    return processIdentity(pid) === identity;
  } catch {
    return false;
  }
}

const inUse = (folder: string) =>
  new Error(
    `another launcher is at work in ${folder}: stop that one first, or choose another --state folder`,
  );

function startGuard(record: ProcessRecord, temporaryFolder: string | undefined): ChildProcess {
  const args = [
    compiled('deploy/local/guard.ts'),
    record.file,
    ...(temporaryFolder ? [temporaryFolder] : []),
  ];
  const guard = spawn(process.execPath, args, {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  // neither the guard nor the pipe to it keeps the launcher from ending
  guard.unref();
  (guard.stdin as Socket).unref();
  return guard;
}
