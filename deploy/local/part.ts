/** One part of a federation that can be stopped, killed and started again while the others go on. */
export interface Part {
  readonly running: boolean;
  start(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
}

interface RunningServer {
  readonly running: boolean;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** A server that is launched anew at every start, on the same port and data. */
export class Server<T extends RunningServer> implements Part {
  private launched: T | undefined;

  constructor(private readonly launch: () => Promise<T>) {}

  get running(): boolean {
    return this.launched?.running ?? false;
  }
  /** The running server. @throws before the first start */
  get handle(): T {
    if (!this.launched) throw new Error('not started yet');
    return this.launched;
  }
  async start(): Promise<void> {
    if (this.running) throw new Error('runs already');
    this.launched = await this.launch();
  }
  async stop(): Promise<void> {
    await this.launched?.stop();
  }
  async kill(): Promise<void> {
    await this.launched?.kill();
  }
}
