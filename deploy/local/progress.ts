import { type Log } from './log.js';

/** Where progress is written: standard output or something like it. */
export interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/**
 * Shows the steps of a start. On a terminal, a line that changes while a step runs and stays with its seconds when it
 * is done; elsewhere plain lines. Steps may run at the same time.
 */
export class Progress {
  private readonly active = new Map<symbol, { title: string; note: string; startedAt: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly stream: ProgressStream = process.stdout) {}

  /** Runs `work` as a step; what it notes is shown while it runs. */
  async step<T>(title: string, work: (note: Log) => Promise<T>): Promise<T> {
    const key = Symbol(title);
    const step = { title, note: '', startedAt: performance.now() };
    this.active.set(key, step);
    if (this.stream.isTTY) this.timer ??= setInterval(() => this.draw(), 200).unref();
    else this.stream.write(`${title} …\n`);
    this.draw();
    try {
      const result = await work((line) => {
        step.note = line;
        if (this.stream.isTTY) this.draw();
        else this.stream.write(`  ${title}: ${line}\n`);
      });
      this.end(key, `✓ ${title} (${seconds(step.startedAt)})`);
      return result;
    } catch (error) {
      this.end(key, `✗ ${title} (${seconds(step.startedAt)})`);
      throw error;
    }
  }

  /** Writes a line that stays. */
  say(line: string): void {
    this.clear();
    this.stream.write(`${line}\n`);
    this.draw();
  }

  private end(key: symbol, line: string): void {
    this.active.delete(key);
    if (this.active.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    this.say(line);
  }

  private draw(): void {
    if (!this.stream.isTTY || this.active.size === 0) return;
    const line = [...this.active.values()]
      .map(({ title, note, startedAt }) => `${title}${note && `: ${note}`} ${seconds(startedAt)}`)
      .join(' | ');
    this.clear();
    this.stream.write(`… ${line}`.slice(0, (this.stream.columns ?? 80) - 1));
  }

  private clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;
