import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface RecordedProcess {
  pid: number;
  identity: string;
  name: string;
  stopSignal: NodeJS.Signals;
}

/**
 * What tells one living process from a later one with the same pid: its start time (and boot) as the kernel knows it.
 * Undefined when no such process lives; a zombie counts as dead.
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const ps = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return ps.stdout.trim() || undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in brackets may hold anything, so count from the last bracket; 3rd field state, 22nd start time
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

/**
 * The processes that one launcher started, kept in a file of its own, so that somebody else can end them when the
 * launcher was killed: its guard at once, or the next launcher on the same folder.
 * Lines are only ever added. A process that ended by itself does no harm there, because a process is signalled only
 * while pid *and* identity are those of the line.
 */
export class ProcessRecord {
  constructor(readonly file: string) {}

  /** A new, empty record in `folder`. */
  static in(folder: string): ProcessRecord {
    return new ProcessRecord(path.join(folder, `processes-${randomBytes(6).toString('hex')}.jsonl`));
  }

  /** Ends what earlier launchers left behind in `folder`; gives the names of what was ended. */
  static async endAllIn(folder: string): Promise<string[]> {
    const files = readdirSync(folder).filter((name) => /^processes-[0-9a-f]+\.jsonl$/.test(name));
    const ended = await Promise.all(files.map((name) => new ProcessRecord(path.join(folder, name)).endAll()));
    return ended.flat();
  }

  /** Remembers a process that was just started. */
  add(pid: number, name: string, stopSignal: NodeJS.Signals): void {
    const identity = processIdentity(pid);
    if (!identity) return; // it ended already
    const line: RecordedProcess = { pid, identity, name, stopSignal };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  /** Ends every recorded process that still lives, friendly first, and forgets them; gives their names. */
  async endAll(graceMs = 5_000): Promise<string[]> {
    const living = this.read().filter(lives);
    for (const { pid, stopSignal } of living) {
      signalProcess(pid, stopSignal);
      signalProcess(pid, 'SIGCONT'); // one that is frozen would not hear the first
    }
    const deadline = performance.now() + graceMs;
    while (living.some(lives) && performance.now() < deadline) await sleep(50);
    for (const one of living.filter(lives)) signalProcess(one.pid, 'SIGKILL');
    while (living.some(lives)) await sleep(20);
    rmSync(this.file, { force: true });
    return living.map(({ name }) => name);
  }

  private read(): RecordedProcess[] {
    let text: string;
    try {
      text = readFileSync(this.file, 'utf8');
    } catch {
      return [];
    }
    return text.split('\n').flatMap((line) => {
      try {
        return [JSON.parse(line) as RecordedProcess];
      } catch {
        return []; // the empty end, or a line cut short by a crash
      }
    });
  }
}

const lives = ({ pid, identity }: RecordedProcess): boolean => processIdentity(pid) === identity;

function signalProcess(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
