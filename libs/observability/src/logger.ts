import type { LoggerService } from '@nestjs/common';
import { destination, pino, type Logger } from 'pino';

/**
 * What happened, for people who watch a program and for machines that read its log.
 * `event` is a name of two or three words (`signal-filed`); the fields are counts, regions, types and durations.
 * Never a person, a BSN, a tag, a handle, a signal number, an address or a text that someone typed.
 */
export type EventFields = Record<string, string | number | boolean | undefined>;

/** Writes structured lines (JSON, one per line, to standard output) for one program. */
export class ProgramLogger implements LoggerService {
  private readonly output = destination({ dest: 1, sync: false });
  private readonly pino: Logger;

  constructor(program: string, level = 'info') {
    const options = { base: { program }, level, timestamp: pino.stdTimeFunctions.isoTime };
    this.pino = pino(options, this.output);
  }

  /** Writes out what was logged; nothing can be logged afterwards. Lines are written in the background, so a process waits for this before it exits. */
  end(): Promise<void> {
    return new Promise((resolve) => {
      this.output.once('close', resolve);
      this.output.end();
    });
  }

  /** Writes one event line. */
  event(event: string, fields: EventFields = {}): void {
    this.pino.info({ event, ...fields });
  }
  /** Writes one event line that an operator should look at. */
  warning(event: string, fields: EventFields = {}): void {
    this.pino.warn({ event, ...fields });
  }

  log(message: unknown, context?: unknown): void {
    this.pino.debug({ context: text(context) }, text(message));
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.pino.error({ context: text(rest.at(-1)) }, text(message));
  }
  warn(message: unknown, context?: unknown): void {
    this.pino.warn({ context: text(context) }, text(message));
  }
  debug(message: unknown, context?: unknown): void {
    this.pino.debug({ context: text(context) }, text(message));
  }
}

const text = (value: unknown): string | undefined =>
  value === undefined
    ? undefined
    : typeof value === 'string'
      ? value
      : value instanceof Error
        ? value.name
        : JSON.stringify(value);

/**
 * The kind of an error for a log line: class and, where there is one, the code (`ECONNREFUSED`, `23505`).
 * Messages are left out, because those of databases and mail servers quote data.
 */
export function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' || typeof code === 'number' ? `${error.name} ${code}` : error.name;
}
