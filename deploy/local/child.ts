import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type ProcessRecord } from './process-record.js';

/** How a child process is started. */
export interface ChildOptions {
  /** Shown in messages. */
  name: string;
  command: string;
  args: string[];
  /** The whole environment of the child: nothing is inherited unasked. */
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** What asks it to end in good order; default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** Where it is remembered, so that it does not outlive a launcher that was killed. */
  record?: ProcessRecord;
  /** Gets every line of its standard output and standard error. */
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** One running child process: its output by the line, and the ways to end, kill, freeze and thaw it. */
export class Child {
  readonly name: string;
  /** Settles when the process has ended, with what ended it (`exit code 1`, `SIGKILL`). */
  readonly ended: Promise<string>;
  private readonly process: ChildProcess;
  private readonly stopSignal: NodeJS.Signals;
  private readonly tail: string[] = [];
  private readonly watchers = new Set<(line: string) => void>();
  private over = false;

  constructor({ name, command, args, stopSignal = 'SIGTERM', record, onLine, ...options }: ChildOptions) {
    this.name = name;
    this.stopSignal = stopSignal;
    // a session of its own, so that Ctrl-C in the terminal reaches the launcher only, which ends its children in order
    this.process = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    if (this.process.pid) record?.add(this.process.pid, name, stopSignal);
    for (const stream of ['stdout', 'stderr'] as const) {
      createInterface({ input: this.process[stream]! }).on('line', (line) => {
        this.tail.push(line);
        if (this.tail.length > 20) this.tail.shift();
        onLine?.(line, stream);
        for (const watcher of this.watchers) watcher(line);
      });
    }
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.over = true;
        resolve(how);
      };
      this.process.once('error', (error) => end(error.message));
      this.process.once('exit', () => (this.over = true));
      this.process.once('close', (code, by) => end(by ?? `exit code ${code}`));
    });
  }

  get pid(): number {
    return this.process.pid ?? -1;
  }

  /** True from the start until the process has ended; a frozen process runs. */
  get running(): boolean {
    return !this.over;
  }

  /** The last lines that it wrote, newest last. */
  get lastLines(): string {
    return this.tail.join('\n');
  }

  /**
   * Waits for the first line for which `pick` gives something, and gives that. Fails, with the last lines of output,
   * when the process ends first or `timeoutMs` have passed; the process is killed then.
   */
  async firstLine<T>(pick: (line: string) => T | undefined, timeoutMs = 60_000): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let watcher: ((line: string) => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        watcher = (line) => {
          const picked = pick(line);
          if (picked !== undefined) resolve(picked);
        };
        this.watchers.add(watcher);
        timer = setTimeout(() => {
          this.signal('SIGKILL');
          reject(new Error(`${this.name} was not ready within ${timeoutMs / 1000} s:\n${this.lastLines}`));
        }, timeoutMs);
        void this.ended.then((how) => reject(new Error(`${this.name} ended (${how}):\n${this.lastLines}`)));
      });
    } finally {
      clearTimeout(timer);
      if (watcher) this.watchers.delete(watcher);
    }
  }

  /** Asks the process to end; kills it when it has not after `graceMs`. */
  async stop(graceMs = 10_000): Promise<void> {
    this.signal(this.stopSignal);
    this.signal('SIGCONT');
    const timer = setTimeout(() => this.signal('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** Kills the process at once (SIGKILL), as a crash would. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  /** Stops the process in its tracks (SIGSTOP): it keeps its connections and answers nothing. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  /** Lets a frozen process go on. */
  thaw(): void {
    this.signal('SIGCONT');
  }

  /** Sends a signal, when the process still runs. */
  signal(name: NodeJS.Signals): void {
    if (this.running) this.process.kill(name);
  }
}
