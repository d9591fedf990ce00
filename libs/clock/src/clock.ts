import { readFileSync } from 'node:fs';

/** Tells the time. The only way to ask for it, so that tests and demos can move it. */
export abstract class Clock {
  /** The present moment. */
  abstract now(): Date;
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/**
 * The machine's clock plus an offset in milliseconds that stands in a file, read at every call.
 * For demonstrations and acceptance tests that let time pass; a missing or unreadable file means no offset.
 */
export class OffsetFileClock extends Clock {
  constructor(private readonly file: string) {
    super();
  }
  now(): Date {
    return new Date(Date.now() + this.offset());
  }
  private offset(): number {
    try {
      const offset = Number(readFileSync(this.file, 'utf8'));
      return Number.isFinite(offset) ? offset : 0;
    } catch {
      return 0;
    }
  }
}

/** A clock that stands still until it is moved. For tests. */
export class SettableClock extends Clock {
  constructor(private time: Date) {
    super();
  }
  now(): Date {
    return new Date(this.time);
  }
  /** Moves the clock forward by `milliseconds`. */
  advance(milliseconds: number): void {
    this.time = new Date(this.time.getTime() + milliseconds);
  }
  /** Sets the clock to `time`. */
  set(time: Date): void {
    this.time = new Date(time);
  }
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
