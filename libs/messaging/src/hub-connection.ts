import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { errorKind, type ProgramLogger } from '#libs/observability';
import { inboxPrefix } from '#libs/protocol';

/** Where the national hub is, and the files in PEM by which both sides prove who they are. Part of every program's settings. */
export interface HubSettings {
  /** `tls://host:port` */
  natsUrl: string;
  /** Authority that vouches for the hub. */
  natsCaFile: string;
  natsCertFile: string;
  natsKeyFile: string;
}

/** Who joins the hub. */
export interface HubParty {
  /** The party's name: region, relay or key holder. */
  party: string;
  /** Prefix of the JetStream API; regions see only their own consumer, under a prefix of their own. */
  apiPrefix?: string;
}

/** The hub is not reachable at this moment. */
export class HubUnreachable extends Error {
  override name = 'HubUnreachable';
}

/** How a client joins the hub: over TLS from the first byte, with the certificate that its files hold at that moment. */
export const hubLogin = (settings: HubSettings, party: string): ConnectionOptions => ({
  servers: settings.natsUrl,
  name: party,
  inboxPrefix: inboxPrefix(party),
  tls: {
    handshakeFirst: true,
    caFile: settings.natsCaFile,
    certFile: settings.natsCertFile,
    keyFile: settings.natsKeyFile,
  },
});

const RETRY_MS = 500;
/** How long a last message may take to leave. */
const DRAIN_MS = 2_000;
/** The reason why the hub is not reached is told again after so many attempts: about once in a minute. */
const TOLD_EVERY = 80;

/**
 * The connection to the hub, which may come and go. The program starts without it, reconnects for ever, and says when it is up,
 * or at first why it is not. Files are read at every connection, so a certificate that was renewed in time needs no restart.
 * A dead peer is noticed within `pingInterval` × `maxPingOut` (20 s), since a frozen hub closes no sockets.
 */
@Injectable()
export class HubConnection implements OnApplicationShutdown {
  private connection?: Promise<NatsConnection>;
  private up = false;
  private readonly stopped = new AbortController();
  private readonly upListeners: (() => void)[] = [];

  constructor(
    private readonly settings: HubSettings,
    private readonly self: HubParty,
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
      ...(this.self.apiPrefix ? { apiPrefix: this.self.apiPrefix } : {}),
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
    const connection = await this.firstConnection();
    this.become(true);
    void this.watch(connection);
    return connection;
  }

  /** Tries until it succeeds. When the program stops it gives up and never resolves: nobody waits any more. */
  private async firstConnection(): Promise<NatsConnection> {
    const { signal } = this.stopped;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const connection = await connect({
          ...hubLogin(this.settings, this.self.party),
          maxReconnectAttempts: -1,
          reconnectTimeWait: RETRY_MS,
          reconnectJitterTLS: RETRY_MS,
          pingInterval: 10_000,
          maxPingOut: 2,
          ignoreAuthErrorAbort: true,
        });
        if (!signal.aborted) return connection;
        await connection.close();
      } catch (error) {
        if (signal.aborted) break;
        if (attempt % TOLD_EVERY === 0) this.logger.warning('hub-not-reached', { kind: kindOf(error) });
        await sleep(RETRY_MS + randomInt(RETRY_MS), undefined, { signal }).catch(() => undefined);
      }
    }
    return new Promise(() => undefined);
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
    this.stopped.abort();
    // one that is away is not waited for, but must not go on trying either
    if (!this.up) return void this.connection?.then((connection) => connection.close());
    const connection = await this.connection;
    // a frozen hub never answers a drain
    await Promise.race([connection?.drain(), sleep(DRAIN_MS, undefined, { ref: false })]).catch(
      () => undefined,
    );
    await connection?.close();
  }
}

/** What stood in the way of a connection: TLS and the network hide behind the client's own error. */
const kindOf = (error: unknown): string =>
  errorKind(error instanceof Error && error.cause !== undefined ? error.cause : error);
