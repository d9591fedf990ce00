/** Requests of one asker that are answered at the same time. */
const AT_ONCE = 4;
/** Requests of one asker that may wait for their turn. */
const WAITING = 500;

interface Line {
  underWay: number;
  waiting: (() => Promise<void>)[];
}

/**
 * Gives every asker the same share of the work: of one who asks without end, a few requests are answered at a time, some wait, and the
 * rest goes unanswered, while others are answered as if they were alone.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  /** Does the work when it is its asker's turn. `work` must not reject. @returns false when too much of this asker waits already */
  take(asker: string, work: () => Promise<void>): boolean {
    const line = this.lines.get(asker) ?? { underWay: 0, waiting: [] };
    this.lines.set(asker, line);
    if (line.underWay >= AT_ONCE) return line.waiting.length < WAITING && line.waiting.push(work) > 0;
    void this.work(asker, line, work);
    return true;
  }

  private async work(asker: string, line: Line, first: () => Promise<void>): Promise<void> {
    line.underWay++;
    for (let work: typeof first | undefined = first; work; work = line.waiting.shift()) await work();
    if (--line.underWay === 0) this.lines.delete(asker);
  }
}
