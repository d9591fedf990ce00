import {
  connect,
  PermissionViolationError,
  type ConnectionOptions,
  type Msg,
  type NatsConnection,
} from '@nats-io/transport-node';
import { until } from '../../apps/national-relay/test/until.js';

/** A raw client of the hub, which keeps what the hub refused it. */
export class Client {
  /** `publish <subject>`, `subscription <subject>`, or the error's text. */
  readonly refusals: string[] = [];

  private constructor(readonly connection: NatsConnection) {
    void this.watch();
  }

  static async connect(options: ConnectionOptions): Promise<Client> {
    return new Client(await connect(options));
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status())
      if (status.type === 'error') this.refusals.push(refusalOf(status.error));
  }

  /**
   * What the hub refused while `attempts` were made. It answers in order: what it says of them, it says before the second pong.
   * @param expected refusals that are waited for, since the client hands them out a little later
   */
  async refusedDuring(attempts: () => unknown, expected: readonly string[] = []): Promise<string[]> {
    const before = this.refusals.length;
    await attempts();
    await this.connection.flush();
    await this.connection.flush();
    const refused = () => new Set(this.refusals.slice(before));
    await until(() => expected.every((each) => refused().has(each)), 20).catch(() => undefined);
    return [...refused()];
  }

  /**
   * Publishes on many subjects at once.
   * @param expected the subjects of which a refusal is waited for
   * @returns the subjects that the hub refused
   */
  async refusedToPublish(
    subjects: readonly string[],
    data: string,
    expected: readonly string[] = [],
  ): Promise<string[]> {
    const refused = await this.refusedDuring(
      () => {
        for (const subject of subjects) this.connection.publish(subject, data);
      },
      expected.map((subject) => `publish ${subject}`),
    );
    return refused.map((refusal) => refusal.replace(/^publish /, ''));
  }

  /** Listens to many subjects at once, for a moment. @returns those that the hub refused */
  async refusedToHear(
    subjects: readonly string[],
    heard: (message: Msg) => void,
    expected: readonly string[] = [],
  ): Promise<string[]> {
    const listening: { unsubscribe(): void }[] = [];
    const refused = await this.refusedDuring(
      () => {
        for (const subject of subjects) listening.push(this.listen(subject, heard));
      },
      expected.map((subject) => `subscription ${subject}`),
    );
    for (const each of listening) each.unsubscribe();
    return refused.map((refusal) => refusal.replace(/^subscription /, ''));
  }

  /** Listens, and gives every message to `heard`. */
  listen(subject: string, heard: (message: Msg) => void): { unsubscribe(): void } {
    return this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (!error) heard(message);
      },
    });
  }
}

const refusalOf = (error: Error): string =>
  error instanceof PermissionViolationError ? `${error.operation} ${error.subject}` : String(error);
