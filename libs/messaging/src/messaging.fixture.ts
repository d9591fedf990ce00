import { randomBytes } from 'node:crypto';
import {
  AckPolicy,
  RetentionPolicy,
  StorageType,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection, TimeoutError } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import type { Clock } from '#libs/clock';
import { databaseOptions } from '#libs/database';
import { ProgramLogger, type EventFields } from '#libs/observability';
import {
  RELAY,
  SIGNATURE_HEADER,
  Signer,
  generateKeys,
  seal,
  streams,
  subjects,
  unseal,
  type Envelope,
  type MessageBody,
  type MessageType,
} from '#libs/protocol';
import { createTestDatabase } from '../../../test/database/test-database.js';
import { HubConnection, hubLogin, type HubSettings } from './hub-connection.js';
import { Outbox } from './outbox.js';
import { OutboxSender } from './outbox-sender.js';
import type { MessageContext, RawMessage } from './inbox.js';
import { SetAside } from './set-aside.js';
import { messagingEntities, messagingTables2Sql, messagingTablesSql } from './tables.js';

export const REGION = 'rijnmond';

/** 16 random bytes as text. */
export const randomHandle = (): string => randomBytes(16).toString('base64url');

/** Waits until `look` is true. On a busy machine a sender may try again only after minutes. */
export async function until(look: () => Promise<boolean> | boolean, seconds = 300): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`not so within ${seconds} s: ${look.toString()}`);
    await pause(20);
  }
}
export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Keeps what was logged instead of writing it. */
export class KeptLog extends ProgramLogger {
  readonly lines: { event: string; fields: EventFields }[] = [];
  constructor() {
    super('test', 'silent');
  }
  override event(event: string, fields: EventFields = {}): void {
    this.lines.push({ event, fields });
  }
  override warning(event: string, fields: EventFields = {}): void {
    this.lines.push({ event, fields });
  }
}

/** One end of the wire: a database with the tables of messaging and a table of what was received, keys, a clock and a log. */
export class TestParty {
  readonly keys = generateKeys('ed25519');
  readonly signer = new Signer(this.keys);
  readonly log = new KeptLog();
  readonly outbox: Outbox;
  private readonly running: { stop(): Promise<void> }[] = [];

  private constructor(
    readonly name: string,
    readonly clock: Clock,
    readonly dataSource: DataSource,
    private readonly dropDatabase: () => Promise<void>,
  ) {
    this.outbox = new Outbox(clock, new SetAside(clock, { softwareVersion: '2', throws: false }));
  }

  static async create(name: string, clock: Clock): Promise<TestParty> {
    const database = await createTestDatabase();
    const options = databaseOptions(database.url, messagingEntities, []);
    const dataSource = await new DataSource(options).initialize();
    for (const statement of [...messagingTablesSql, ...messagingTables2Sql])
      await dataSource.query(statement);
    await dataSource.query(
      'create table received (place bigint generated always as identity, type text, n bigint, body jsonb)',
    );
    return new TestParty(name, clock, dataSource, () => database.drop());
  }

  /** What is in a table, in a steady order. */
  rows<T = Record<string, unknown>>(table: string): Promise<T[]> {
    return this.dataSource.query<T[]>(`select * from ${table} t order by t`);
  }

  /** Forgets every message and every conversation. */
  async clear(): Promise<void> {
    await this.dataSource.query(
      'truncate outbox_message, link, rejected_message, set_aside, peer_forms, received restart identity',
    );
    this.log.lines.length = 0;
  }

  /** A handler that writes down what it is given, in the transaction of the batch. */
  readonly write = (type: MessageType) => async (bodies: object[], context: MessageContext) => {
    await context.manager.query(
      `insert into received (type, n, body) select $1, n, body::jsonb
       from unnest($2::bigint[], $3::text[]) with ordinality as m(n, body, place) order by place`,
      [type, context.versions.map(({ n }) => n), bodies.map((body) => JSON.stringify(body))],
    );
  };

  /** The numbers received, in the order in which they were applied. */
  async received(): Promise<number[]> {
    const rows = await this.dataSource.query<{ n: string }[]>('select n from received order by place');
    return rows.map(({ n }) => Number(n));
  }

  hub(settings: HubSettings): HubConnection {
    const hub = new HubConnection(settings, { party: this.name }, this.log);
    this.running.push({ stop: () => hub.onApplicationShutdown() });
    return hub;
  }

  /** @param learnsFirst as in `SenderOptions` */
  sender(hub: HubConnection, learnsFirst = false): OutboxSender {
    const sender = new OutboxSender(
      this.dataSource,
      hub,
      { self: this.name, signer: this.signer, learnsFirst },
      this.clock,
      this.log,
    );
    this.running.push(sender);
    return sender;
  }

  /** A sender whose peer is always of one mind with it. */
  agreeingSender(hub: HubConnection, peer = RELAY, learnsFirst = false): OutboxSender {
    const sender = this.sender(hub, learnsFirst);
    const agree = async () => {
      if (sender.agreements.has(peer)) return;
      await this.dataSource.query('update link set agreed_on = $2 where peer = $1', [
        peer,
        await sender.agreements.question(peer),
      ]);
    };
    const timer = setInterval(() => void agree().catch(() => undefined), 50);
    this.running.push({ stop: async () => clearInterval(timer) });
    return sender;
  }

  /** Ends what it runs, the last first. */
  async stop(): Promise<void> {
    for (const each of this.running.splice(0).reverse()) await each.stop();
  }

  /** Seals a message as this party would, for `to`. */
  message<T extends MessageType>(
    type: T,
    seq: number,
    body: MessageBody<T> | object,
    { to = RELAY, from = this.name, incarnation = 1 } = {},
  ): RawMessage {
    return seal(this.signer, {
      ...{ type, from, to, incarnation, seq, body },
      sentAt: this.clock.now().toISOString(),
    });
  }

  async drop(): Promise<void> {
    await this.stop();
    await this.dataSource.destroy();
    await this.dropDatabase();
  }
}

/** The streams of one region, as the relay makes them, and a look into them. */
export class TestStreams {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
  ) {}

  static async open(settings: HubSettings): Promise<TestStreams> {
    const login = hubLogin(settings, 'test');
    const connection = await connect({ ...login, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
    return new TestStreams(connection, await jetstreamManager(connection));
  }

  /** Makes the streams, as soon as the broker is there. */
  async make(): Promise<void> {
    await until(() =>
      this.add().then(
        () => true,
        () => false,
      ),
    );
  }

  private async add(): Promise<void> {
    const all = [
      { name: streams.up(REGION), subject: subjects.upAll(REGION), consumer: streams.relayConsumer },
      { name: streams.down(REGION), subject: subjects.downAll(REGION), consumer: streams.nodeConsumer },
    ];
    for (const { name, subject, consumer } of all) {
      await this.manager.streams.add({
        ...{ name, subjects: [subject], storage: StorageType.File, retention: RetentionPolicy.Workqueue },
        duplicate_window: 3_600_000_000_000,
      });
      const explicit = { durable_name: consumer, ack_policy: AckPolicy.Explicit, ack_wait: 30_000_000_000 };
      await this.manager.consumers.add(name, explicit);
    }
  }

  /** Removes the streams that are there. */
  async remove(): Promise<void> {
    const remove = (name: string) => this.manager.streams.delete(name).catch(() => undefined);
    for (const name of [streams.up(REGION), streams.down(REGION)]) await remove(name);
  }

  /** What stands in the region's UP stream, in the order of the broker. */
  async up(from: TestParty): Promise<(Envelope & { id: string | undefined })[]> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.read(from);
      } catch (error) {
        // a question is lost with the connection that a broker dropped when it crashed
        if (attempt === 10 || !(error instanceof TimeoutError)) throw error;
      }
  }

  private async read(from: TestParty): Promise<(Envelope & { id: string | undefined })[]> {
    const { state } = await this.manager.streams.info(streams.up(REGION));
    const found: (Envelope & { id: string | undefined })[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await this.manager.streams.getMessage(streams.up(REGION), { seq });
      if (!message) continue;
      const expected = { from: REGION, to: RELAY, publicKey: from.keys.publicKey };
      const envelope = unseal(message.data, message.header.get(SIGNATURE_HEADER), expected);
      found.push({ ...envelope, id: message.header.get('Nats-Msg-Id') || undefined });
    }
    return found;
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
