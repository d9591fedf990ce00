import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.js';
import { type ProcessRecord } from './process-record.js';
import { compiled } from './project-root.js';

/** One structured line of a program's log. */
export type LogEntry = Record<string, unknown>;

/** How a program of this project is run as a child process. */
export interface ProgramOptions {
  /** Shown in messages (`node of Utrecht`). */
  name: string;
  /** The folder in `apps/`. */
  app: string;
  /** The whole environment of the program. With PORT=0 it takes a free port at its first start, and keeps that. */
  env: Record<string, string>;
  /** Start it again, with back-off, whenever it ends without having been asked. */
  restart?: boolean;
  /** The file to run; default the built app. */
  main?: string;
  /** Gets every JSON line of its standard output. */
  onLog?: (entry: LogEntry) => void;
  /** Gets every line of its output, as it is. */
  onLine?: (line: string) => void;
  record?: ProcessRecord;
  readyTimeoutMs?: number;
}

/**
 * A program of this project as a child process. Starting waits for its log event `ready`, which tells its port.
 * States: not started, starting, ready, ended; with `restart`, from ended to starting by itself (after 0.25 s, doubling
 * up to 10 s while it keeps ending within half a minute), until `stop`.
 */
export class ChildProgram {
  /** The real port, known from the first time that it was ready. */
  port = 0;
  /** The file that the next start runs. */
  main: string;
  private child: Child | undefined;
  private ready = false;
  private wanted = false;
  private backOffMs = FIRST_BACK_OFF_MS;

  constructor(private readonly options: ProgramOptions) {
    this.main = options.main ?? compiled(`apps/${options.app}/src/main.ts`);
  }

  /** Starts it and waits until it is ready; fails with its last lines of output when it ends or takes too long. */
  async start(): Promise<void> {
    if (this.running) throw new Error(`${this.options.name} runs already`);
    this.wanted = true;
    try {
      await this.launch();
    } catch (error) {
      this.wanted = false; // what does not start at all is a mistake to show, not a crash to repair
      throw error;
    }
  }

  /** Waits until it is ready, also after a restart. */
  async whenReady(timeoutMs = 60_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!this.ready) {
      if (performance.now() > deadline)
        throw new Error(`${this.options.name} was not ready within ${timeoutMs / 1000} s`);
      await sleep(25);
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get pid(): number | undefined {
    return this.running ? this.child?.pid : undefined;
  }
  /** True while the process lives, frozen or not. */
  get running(): boolean {
    return this.child?.running ?? false;
  }

  /** The last lines that it wrote, newest last. */
  get lastLines(): string {
    return this.child?.lastLines ?? '';
  }

  /** Settings that it has from its next start on, instead of those that it was made with. */
  changedEnv: Record<string, string> = {};

  /** Ends it in good order (SIGTERM, and SIGKILL after 10 s), for good. */
  async stop(): Promise<void> {
    this.wanted = false;
    await this.child?.stop();
  }
  /** SIGKILL, as a crash would; with `restart` it comes back. */
  async kill(): Promise<void> {
    await this.child?.kill();
  }
  /** Stops it in its tracks: connections stay open, nothing is answered. */
  freeze(): void {
    this.child?.freeze();
  }
  thaw(): void {
    this.child?.thaw();
  }

  private async launch(): Promise<void> {
    const { name, record, readyTimeoutMs } = this.options;
    const env = { ...this.options.env, ...this.changedEnv };
    const child = new Child({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', this.main],
      env: this.port ? { ...env, PORT: String(this.port) } : env,
      record,
      onLine: (line) => this.hear(line),
    });
    this.child = child;
    const startedAt = performance.now();
    void child.ended.then(() => this.onEnd(performance.now() - startedAt));
    this.port = await child.firstLine(readyPort, readyTimeoutMs);
    this.ready = true;
  }

  private hear(line: string): void {
    this.options.onLine?.(line);
    const entry = parse(line);
    if (entry) this.options.onLog?.(entry);
  }

  private async onEnd(ranMs: number): Promise<void> {
    const wasReady = this.ready;
    this.ready = false;
    // one that never was ready at its first start is not ours to repair: start() tells
    if (!this.options.restart || !this.wanted || (!wasReady && this.port === 0)) return;
    if (ranMs > STEADY_MS) this.backOffMs = FIRST_BACK_OFF_MS;
    await sleep(this.backOffMs, undefined, { ref: false });
    this.backOffMs = Math.min(this.backOffMs * 2, LAST_BACK_OFF_MS);
    if (this.wanted && !this.running) await this.launch().catch(() => undefined); // its end comes back here
  }
}

const FIRST_BACK_OFF_MS = 250;
const LAST_BACK_OFF_MS = 10_000;
const STEADY_MS = 30_000;

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as LogEntry;
  } catch {
    return undefined;
  }
}

function readyPort(line: string): number | undefined {
  const entry = parse(line);
  return entry?.event === 'ready' && typeof entry.port === 'number' ? entry.port : undefined;
}
