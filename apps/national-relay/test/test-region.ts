import { randomBytes } from 'node:crypto';
import { jetstream, type ConsumerMessages } from '@nats-io/jetstream';
import { connect, headers, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import {
  RELAY,
  seal,
  SIGNATURE_HEADER,
  streams,
  subjects,
  unseal,
  type Envelope,
  type MessageBody,
  type MessageType,
  type SignedBytes,
  type Signer,
} from '#libs/protocol';
import { until } from './until.js';

interface RegionOptions {
  id: string;
  login: ConnectionOptions;
  signer: Signer;
  relayKey: string;
}

/** A fresh handle or match id, and a fresh tag. */
export const newHandle = (): string => randomBytes(16).toString('base64url');
export const newTag = (): string => randomBytes(32).toString('base64url');

/** A region as the relay sees it: sends signed messages in an order that the test decides, and keeps what it receives. */
export class TestRegion {
  /** Everything received in order, each once. */
  readonly received: Envelope[] = [];
  /** The last confirmation of the relay: everything up to this number has been applied. */
  confirmed = 0;
  incarnation = 1;
  /** Names a loss of memory of this region, until it has heard everything again. */
  recovery?: string;
  seq = 0;
  private appliedIncarnation = 0;
  private applied = 0;
  private told = 0;
  private resendFrom?: number;
  private readonly sent = new Map<number, SignedBytes>();
  private messages?: ConsumerMessages;
  private greeting?: NodeJS.Timeout;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly options: RegionOptions,
  ) {}

  static async connect(options: RegionOptions): Promise<TestRegion> {
    const connection = await connect({
      ...options.login,
      // as a node does: who is not let in tries again, for it may be readmitted
      ignoreAuthErrorAbort: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    return new TestRegion(connection, options);
  }

  get id(): string {
    return this.options.id;
  }

  /** Begins to receive from the relay: takes each message once, in order, and confirms it; and agrees with it where both stand. */
  async listen(): Promise<void> {
    const js = jetstream(this.connection, { apiPrefix: streams.regionApiPrefix });
    const consumer = await until(() =>
      js.consumers.get(streams.down(this.id), streams.nodeConsumer).catch(() => undefined),
    );
    const messages = await consumer.consume();
    this.messages = messages;
    const greet = () => void this.control('hello', { question: newHandle() }).catch(() => undefined);
    this.greeting = setInterval(greet, 500);
    greet();
    void (async () => {
      for await (const message of messages) {
        this.take(
          unseal(message.data, message.headers?.get(SIGNATURE_HEADER), {
            from: RELAY,
            to: this.id,
            publicKey: this.options.relayKey,
          }),
        );
        message.ack();
        if (messages.getReceived() > messages.getProcessed()) continue;
        await this.confirm();
        await this.resend();
      }
    })().catch(() => undefined);
  }

  private take(envelope: Envelope): void {
    if (envelope.type === 'confirm') {
      const { incarnation, upTo, resendFrom } = envelope.body as MessageBody<'confirm'>;
      if (incarnation !== this.incarnation) return;
      this.confirmed = Math.max(this.confirmed, upTo);
      if (resendFrom !== undefined) this.resendFrom = resendFrom;
      return;
    }
    if (envelope.type === 'hello') {
      void this.answer((envelope.body as MessageBody<'hello'>).question).catch(() => undefined);
      return;
    }
    if (envelope.type === 'position') this.position = envelope.body as MessageBody<'position'>;
    if (envelope.seq === 0) return;
    if (envelope.incarnation > this.appliedIncarnation) {
      this.appliedIncarnation = envelope.incarnation;
      this.applied = 0;
    }
    if (envelope.seq === this.applied + 1) {
      this.applied = envelope.seq;
      this.received.push(envelope);
    }
  }

  /** Tells where this region stands. */
  private answer(question: string): Promise<void> {
    return this.control('position', {
      question,
      inIncarnation: this.appliedIncarnation,
      inApplied: this.applied,
      outIncarnation: this.incarnation,
      outNext: this.seq + 1,
      outConfirmed: Math.min(this.confirmed, this.seq),
      ...(this.recovery ? { recovery: this.recovery } : {}),
    });
  }

  private async confirm(): Promise<void> {
    if (this.appliedIncarnation === 0 || this.applied === this.told) return;
    this.told = this.applied;
    await this.control('confirm', { incarnation: this.appliedIncarnation, upTo: this.applied });
  }

  /** Sends again what the relay says it misses. */
  private async resend(): Promise<void> {
    const from = this.resendFrom;
    if (from === undefined) return;
    this.resendFrom = undefined;
    for (const [seq, message] of this.sent) if (seq >= from) await this.publish('again', message);
  }

  /** The position of the relay that came last. */
  position?: MessageBody<'position'>;

  /** Goes on in a later incarnation, from the first number. */
  beginAnew(): void {
    this.incarnation += 1;
    this.seq = this.confirmed = 0;
    this.sent.clear();
  }

  /** What was received of one type. */
  bodies<T extends MessageType>(type: T): MessageBody<T>[] {
    return this.received.filter((each) => each.type === type).map((each) => each.body as MessageBody<T>);
  }

  /** Seals a message with the next place in the order, or another. */
  sealed<T extends MessageType>(type: T, body: MessageBody<T>, other: Partial<Envelope> = {}): SignedBytes {
    return seal(this.options.signer, {
      type,
      from: this.id,
      to: RELAY,
      incarnation: this.incarnation,
      seq: other.seq ?? ++this.seq,
      sentAt: '2026-01-01T00:00:00Z',
      ...other,
      body,
    } as Parameters<typeof seal<T>>[1]);
  }

  /** Publishes bytes as they are. */
  async publish(type: string, { payload, signature }: SignedBytes): Promise<void> {
    const head = headers();
    if (signature) head.set(SIGNATURE_HEADER, signature);
    await jetstream(this.connection, { apiPrefix: streams.regionApiPrefix }).publish(
      subjects.up(this.id, type),
      payload,
      { headers: head },
    );
  }

  /** Sends the next message. */
  send<T extends MessageType>(type: T, body: MessageBody<T>): Promise<void> {
    const message = this.sealed(type, body);
    this.sent.set(this.seq, message);
    return this.publish(type, message);
  }

  /** Sends a message that has no place in the order. */
  control<T extends 'confirm' | 'hello' | 'position' | 'heartbeat'>(
    type: T,
    body: MessageBody<T>,
  ): Promise<void> {
    return this.publish(type, this.sealed(type, body, { seq: 0 }));
  }

  /** Puts a tag under a new handle. @returns the handle */
  async put(tag: string, handle = newHandle(), epoch = 1): Promise<string> {
    await this.send('tag.put', { epoch, handle, tag });
    return handle;
  }

  /** Waits until the relay has applied everything that was sent. Sends again now and then, since a confirmation may be lost. */
  async settled(): Promise<void> {
    let looks = 0;
    await until(async () => {
      if (++looks % 100 === 0) this.resendFrom = this.confirmed + 1;
      await this.resend();
      return this.confirmed >= this.seq;
    });
  }

  /** Asks on the hub, as this region. */
  async ask(subject: string): Promise<Uint8Array> {
    return (await this.connection.request(subject, undefined, { timeout: 3_000 })).data;
  }

  /** Takes nothing any more, until it listens again. */
  deafen(): void {
    clearInterval(this.greeting);
    this.messages?.stop();
  }

  async close(): Promise<void> {
    this.deafen();
    await this.connection.close();
  }
}
