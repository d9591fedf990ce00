import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix } from '#libs/protocol';
import type { ProgramLogger } from '#libs/observability';

/** How a party reaches the national hub. */
export interface HubOptions {
  url: string;
  /** The party's name: region, relay or key holder. */
  party: string;
  /** NKey seed (`SU…`) with which the party proves who it is. */
  nkeySeed: string;
  /** Prefix of the JetStream API; regions see only their own consumer, under a prefix of their own. */
  apiPrefix?: string;
}

/** The hub is not reachable at this moment. */
export class HubUnreachable extends Error {
  override name = 'HubUnreachable';
}

/**
 * The connection to the hub, which may come and go. The program starts without it, reconnects for ever, and says when it is up.
 * A dead peer is noticed within `pingInterval` × `maxPingOut` (20 s), since a frozen hub closes no sockets.
 */
@Injectable()
export class HubConnection implements OnApplicationShutdown {
  private connection?: Promise<NatsConnection>;
  private up = false;
  private readonly upListeners: (() => void)[] = [];

  constructor(
    private readonly options: HubOptions,
    private readonly logger: ProgramLogger,
  ) {}

  /** The connection, once it has been made for the first time. Waits for as long as that takes. */
  get(): Promise<NatsConnection> {
    this.connection ??= this.connect();
    return this.connection;
  }

  /** The connection, if it is up now. @throws HubUnreachable; it goes on trying by itself */
  async now(): Promise<NatsConnection> {
    const connection = this.get();
    if (!this.up) throw new HubUnreachable('the hub is not reachable at this moment');
    return connection;
  }

  /** JetStream over the connection, if it is up now. @throws HubUnreachable */
  async jetstream(): Promise<JetStreamClient> {
    return jetstream(await this.now(), {
      ...(this.options.apiPrefix ? { apiPrefix: this.options.apiPrefix } : {}),
      timeout: 5_000,
    });
  }

  /** Whether the hub is reachable at this moment. */
  isUp(): boolean {
    return this.up;
  }

  /** Calls `listener` at every (re)connection. */
  onUp(listener: () => void): void {
    this.upListeners.push(listener);
  }

  private async connect(): Promise<NatsConnection> {
    const connection = await connect({
      servers: this.options.url,
      name: this.options.party,
      authenticator: nkeyAuthenticator(Buffer.from(this.options.nkeySeed, 'utf8')),
      inboxPrefix: inboxPrefix(this.options.party),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      reconnectJitter: 500,
      waitOnFirstConnect: true,
      pingInterval: 10_000,
      maxPingOut: 2,
      ignoreAuthErrorAbort: true,
    });
    this.become(true);
    void this.watch(connection);
    return connection;
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.become(false);
      if (status.type === 'reconnect') this.become(true);
    }
  }

  private become(up: boolean): void {
    if (this.up === up) return;
    this.up = up;
    this.logger.event(up ? 'hub-connected' : 'hub-disconnected');
    if (up) for (const listener of this.upListeners) listener();
  }

  async onApplicationShutdown(): Promise<void> {
    // one that is away is not waited for, but must not go on trying either
    if (!this.up) return void this.connection?.then((connection) => connection.close());
    const connection = await this.connection;
    await connection?.drain().catch(() => undefined);
  }
}
