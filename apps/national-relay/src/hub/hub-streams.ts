import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  JetStreamApiError,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamConfig,
} from '@nats-io/jetstream';
import { HOUR, SECOND } from '#libs/clock';
import { HubConnection, HubUnreachable } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import { streams, subjects } from '#libs/protocol';
import { RelayConfig } from '../config.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';

const NANOSECONDS = 1_000_000;
/** Error code of the JetStream API: a stream with this name has another configuration. */
const NAME_IN_USE = 10_058;
/** There is no such stream. */
const NOT_FOUND = 10_059;

/**
 * Makes the streams and consumers of every admitted region, makes them again when the hub's storage was lost, and deletes those
 * of a removed region. A suspended region keeps its streams, with what waits in them.
 */
@Injectable()
export class HubStreams {
  /** Version of the register that the streams follow; 0 before the first time. */
  version = 0;
  private due = true;
  private preparing?: Promise<void>;

  constructor(
    private readonly hub: HubConnection,
    private readonly register: Register,
    private readonly config: RelayConfig,
    private readonly logger: ProgramLogger,
  ) {
    hub.onUp(() => void this.renew());
  }

  /** The streams may be gone, or regions may be new. */
  async renew(): Promise<void> {
    this.due = true;
    await this.prepare();
  }

  /** Has the streams follow the register, unless they do; what does not succeed is tried again. */
  @Interval(5 * SECOND)
  prepare(): Promise<void> {
    this.preparing ??= this.prepareAll().finally(() => (this.preparing = undefined));
    return this.preparing;
  }

  private async prepareAll(): Promise<void> {
    if (!this.register.isOpen()) return;
    try {
      while (this.due) {
        const manager = await jetstreamManager(await this.hub.now(), { timeout: 5 * SECOND });
        this.due = false;
        const { version } = this.register.current();
        const regions = this.register.admitted();
        for (const region of regions) await this.prepareRegion(manager, region);
        for (const region of this.register.removed()) await this.deleteRegion(manager, region);
        this.version = version;
        metrics.registerVersion.set(version);
        this.logger.event('streams-prepared', { regions: regions.length });
      }
    } catch (error) {
      this.due = true;
      if (!(error instanceof HubUnreachable))
        this.logger.warning('streams-not-prepared', { kind: errorKind(error) });
    }
  }

  private async prepareRegion(manager: JetStreamManager, region: string): Promise<void> {
    await this.prepareStream(manager, streams.up(region), subjects.upAll(region), streams.relayConsumer);
    await this.prepareStream(manager, streams.down(region), subjects.downAll(region), streams.nodeConsumer);
  }

  private async deleteRegion(manager: JetStreamManager, region: string): Promise<void> {
    for (const name of [streams.up(region), streams.down(region)]) {
      try {
        await manager.streams.delete(name);
      } catch (error) {
        if (!(error instanceof JetStreamApiError) || error.code !== NOT_FOUND) throw error;
      }
    }
  }

  private async prepareStream(
    manager: JetStreamManager,
    name: string,
    subject: string,
    consumer: string,
  ): Promise<void> {
    const stream = {
      name,
      subjects: [subject],
      storage: StorageType.File,
      // what has been taken is gone, so that nothing lingers on the hub
      retention: RetentionPolicy.Workqueue,
      // full means refused, and the sender keeps it; never an old message dropped
      discard: DiscardPolicy.New,
      max_bytes: streams.maxBytes,
      num_replicas: this.config.streamReplicas,
      deny_delete: true,
      deny_purge: true,
      duplicate_window: HOUR * NANOSECONDS,
    } satisfies Partial<StreamConfig>;
    try {
      await manager.streams.add(stream);
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== NAME_IN_USE) throw error;
      await manager.streams.update(name, stream);
    }
    await manager.consumers.add(name, {
      durable_name: consumer,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: 30 * SECOND * NANOSECONDS,
    });
  }
}
