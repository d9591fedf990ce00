/**
 * Work that is done again and again with a pause in between, never twice at once: a queue to empty, a register to fetch, a date to watch.
 * `wake` starts it now; called while it runs, it runs once more, so that what happened meanwhile does not wait for the pause.
 */
export class Loop {
  private timer?: NodeJS.Timeout;
  private running?: Promise<void>;
  private again = false;
  private stopped = false;

  /**
   * @param pause milliseconds; a function is asked after each time.
   * @param failed told when the work throws; the loop goes on.
   */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly pause: number | (() => number),
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Whether `stop` was called: long work looks at it between its parts. */
  get stopping(): boolean {
    return this.stopped;
  }

  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.work()
      .catch(this.failed)
      .finally(() => {
        this.running = undefined;
        if (this.again) {
          this.again = false;
          this.wake();
        } else if (!this.stopped) {
          this.timer = setTimeout(
            () => this.wake(),
            typeof this.pause === 'number' ? this.pause : this.pause(),
          );
        }
      });
  }

  /** Ends the loop and waits for the work that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }
}
