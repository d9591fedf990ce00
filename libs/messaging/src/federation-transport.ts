import { setTimeout as sleep } from 'node:timers/promises';
import { Catch, type ExceptionFilter } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { isObservable, lastValueFrom, throwError, type Observable } from 'rxjs';
import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { errorKind, type ProgramLogger } from '#libs/observability';
import { SIGNATURE_HEADER, type MessageType, type Wire } from '#libs/protocol';
import type { HubConnection } from './hub-connection.js';
import { Inbox, typesFrom, type BatchHandler, type BatchResult, type RawMessage } from './inbox.js';
import type { OutboxSender } from './outbox-sender.js';

/** A stream and durable consumer that brings one peer's messages. */
export interface Channel {
  peer: string;
  stream: string;
  consumer: string;
}

export interface TransportOptions {
  self: string;
  /** Which wire this side reads; by default that of this release. */
  wire?: Wire;
  /** Whose messages are received: regions' (by the relay) or the relay's (by a node). */
  receives: 'region' | 'relay';
  channels(): Channel[];
  publicKeyOf(peer: string): string | undefined;
  /** Whether this side greets of its own accord (a node) or only who greeted it (the relay, lest greetings pile up for a region that is away). */
  greets?: boolean;
  /** Says everything again to a peer that lost its memory, in the transaction that found out. */
  restarted?(manager: EntityManager, peer: string): Promise<void>;
  /** Told how each batch went, after it has been committed. */
  applied?(peer: string, counts: BatchResult['counts']): void;
}

const BATCH = 500;
const FIRST_RETRY = 250;
const LAST_RETRY = 15_000;
const DRAINED_LOOK = 2_000;
/** How often a peer is greeted, and how often until both agree. */
const GREETING = 10_000;
const FIRST_GREETINGS = 1_000;

/**
 * NestJS transport over JetStream, in batches. Handlers are `@EventPattern('<message type>')` methods that take
 * `(bodies: T[], context: MessageContext)`: consecutive messages of one type from one peer, inside one transaction.
 *
 * What does a batch go through? It is received, verified, ordered, applied and committed (`Inbox`), then acknowledged to the broker,
 * then confirmed to its sender. If the process dies before the commit nothing has happened; if it dies after, the broker delivers
 * again and everything is recognised as a repeat.
 *
 * What if a handler throws? The batch is undone, and its messages are applied one by one, so that one bad message holds up only
 * what comes after it. That one is tried again for ever, visibly: accepted messages are never skipped.
 *
 * What if one side loses its memory, or goes back to a backup? Both ask one another where they stand (`hello`, `position`), and send
 * nothing that has a place in the order before they agree. Whoever finds that the other lost its memory starts a new incarnation and says
 * everything again (`restarted`).
 *
 * What if broker or database are away? The loop waits, at most 15 s between tries, and goes on where it was; what the broker
 * delivers again in the meantime is recognised as a repeat.
 */
export class FederationTransport extends Server implements CustomTransportStrategy {
  private listening = false;
  private readonly stop = new AbortController();
  private readonly loops = new Map<string, Promise<void>>();
  private readonly inbox: Inbox;
  private readonly open = new Set<ConsumerMessages>();
  private readonly drained = new Map<string, number>();
  private readonly greeted = new Map<string, number>();

  constructor(
    dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly sender: OutboxSender,
    private readonly options: TransportOptions,
    clock: Clock,
    private readonly programLogger: ProgramLogger,
  ) {
    super();
    this.inbox = new Inbox(
      dataSource,
      {
        self: options.self,
        ...(options.wire ? { wire: options.wire } : {}),
        publicKeyOf: (peer) => options.publicKeyOf(peer),
        handlerOf: (type) => this.batchHandler(type),
        restarted: async (manager, peer) => options.restarted?.(manager, peer),
      },
      clock,
      programLogger,
    );
  }

  listen(callback: (error?: unknown) => void): void {
    const missing = typesFrom(this.options.receives).filter((type) => !this.messageHandlers.has(type));
    if (missing.length > 0) return callback(new Error(`nobody handles ${missing.join(', ')}`));
    this.listening = true;
    this.refreshChannels();
    callback();
  }

  /** Starts receiving from peers that are new in `channels()`. */
  refreshChannels(): void {
    if (!this.listening) return;
    for (const channel of this.options.channels()) {
      if (!this.loops.has(channel.peer)) this.loops.set(channel.peer, this.run(channel));
    }
  }

  /** For how many milliseconds (of real time) nothing of `peer` has been waiting; 0 while something is, or while the channel is not reachable. */
  drainedFor(peer: string): number {
    const since = this.drained.get(peer);
    return since === undefined || !this.hub.isUp() ? 0 : performance.now() - since;
  }

  async close(): Promise<void> {
    this.stop.abort();
    for (const messages of this.open) messages.stop();
    await Promise.allSettled(this.loops.values());
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }
  unwrap<T>(): T {
    return this.hub as T;
  }

  private async run(channel: Channel): Promise<void> {
    let pause = FIRST_RETRY;
    while (this.wants(channel)) {
      try {
        await this.receive(channel);
        pause = FIRST_RETRY;
      } catch (error) {
        // the stream of a peer that has left goes with it
        if (!this.wants(channel)) break;
        this.programLogger.warning('channel-waits', { peer: channel.peer, kind: errorKind(error) });
        await this.rest(pause);
        pause = Math.min(LAST_RETRY, pause * 2);
      }
    }
    this.loops.delete(channel.peer);
  }

  private get stopping(): boolean {
    return this.stop.signal.aborted;
  }

  /** Waits, but not longer than the transport runs. */
  private async rest(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: this.stop.signal }).catch(() => undefined);
  }

  private wants(channel: Channel): boolean {
    return !this.stopping && this.options.channels().some((candidate) => candidate.peer === channel.peer);
  }

  /** Receives until the consumer goes away or the transport stops. A batch is what has arrived while the one before was applied. */
  private async receive(channel: Channel): Promise<void> {
    const js = await this.hub.jetstream();
    const consumer = await js.consumers.get(channel.stream, channel.consumer);
    const messages = await consumer.consume({ max_messages: BATCH, abort_on_missing_resource: true });
    this.open.add(messages);
    // it may have been stopped while the consumer was being opened, and then nobody else stops this one
    if (!this.wants(channel)) messages.stop();
    const greeting = this.options.greets
      ? setInterval(() => this.greetWhenDue(channel.peer), FIRST_GREETINGS)
      : undefined;
    if (this.options.greets) this.greet(channel.peer);
    const look = setInterval(() => void this.lookWhetherDrained(channel, consumer), DRAINED_LOOK);
    try {
      let batch: JsMsg[] = [];
      for await (const message of messages) {
        batch.push(message);
        // `getPending` also counts what the client does between messages, and would have us wait for a message that does not come
        const waiting = messages.getReceived() - messages.getProcessed();
        if (batch.length < BATCH && waiting > 0) continue;
        await this.applyUntilDone(channel, batch);
        batch = [];
        if (!this.wants(channel)) messages.stop();
      }
    } finally {
      clearInterval(look);
      clearInterval(greeting);
      this.open.delete(messages);
      this.drained.delete(channel.peer);
    }
  }

  /** Applies a batch, however long it takes: accepted messages are never skipped. Only stopping gives up, and then the broker delivers again. */
  private async applyUntilDone(channel: Channel, batch: readonly JsMsg[]): Promise<void> {
    let rest = batch;
    let pause = FIRST_RETRY;
    while (rest.length > 0) {
      try {
        await this.apply(channel, rest);
        return;
      } catch (error) {
        this.inbox.warn(channel.peer, error);
      }
      // one by one, so that a message that cannot be applied holds up only what comes after it
      while (
        rest.length > 0 &&
        (await this.apply(channel, rest.slice(0, 1)).then(
          () => true,
          () => false,
        ))
      )
        rest = rest.slice(1);
      if (rest.length === 0 || this.stopping) break;
      for (const message of rest) message.working();
      await this.rest(pause);
      pause = Math.min(LAST_RETRY, pause * 2);
    }
    for (const message of rest) message.nak();
  }

  private async apply(channel: Channel, messages: readonly JsMsg[]): Promise<void> {
    const result = await this.inbox.receive(channel.peer, messages.map(rawOf));
    for (const message of messages) message.ack();
    for (const action of result.afterCommit) action();
    this.options.applied?.(channel.peer, result.counts);
    this.converse(channel.peer, result);
    if (result.confirm) {
      await this.sender.sendControl(channel.peer, 'confirm', result.confirm).catch((error: unknown) => {
        this.programLogger.warning('confirmation-lost', { peer: channel.peer, kind: errorKind(error) });
      });
    }
  }

  /** What follows from a batch for the conversation about where both sides stand. */
  private converse(peer: string, { question, standing }: BatchResult): void {
    const forgot = standing === 'self-forgot';
    if (forgot) this.sender.agreements.forget(peer);
    if (question !== undefined) this.tell(this.sender.answer(peer, question));
    if (forgot || (question !== undefined && !this.options.greets)) this.greet(peer);
    if (standing !== undefined) this.sender.wake();
  }

  private greetWhenDue(peer: string): void {
    const last = this.greeted.get(peer) ?? -Infinity;
    if (!this.sender.agreements.has(peer) || performance.now() - last >= GREETING) this.greet(peer);
  }

  private greet(peer: string): void {
    this.greeted.set(peer, performance.now());
    this.tell(this.sender.ask(peer));
  }

  /** Lets a control message go its way: should it be lost, another follows. */
  private tell(sending: Promise<void>): void {
    sending.catch((error: unknown) => {
      this.programLogger.log(`control message not sent: ${errorKind(error)}`, 'messaging');
    });
  }

  private async lookWhetherDrained(channel: Channel, consumer: Consumer): Promise<void> {
    const info = await consumer.info().catch(() => undefined);
    if (info && this.hub.isUp() && info.num_pending + info.num_ack_pending === 0) {
      if (!this.drained.has(channel.peer)) this.drained.set(channel.peer, performance.now());
    } else this.drained.delete(channel.peer);
  }

  private batchHandler(type: MessageType): BatchHandler | undefined {
    const handler: MessageHandler | undefined = this.messageHandlers.get(type);
    if (!handler) return undefined;
    return async (bodies, context) => {
      const result: unknown = await handler(bodies, context);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    };
  }
}

const rawOf = (message: JsMsg): RawMessage => ({
  payload: message.data,
  signature: message.headers?.get(SIGNATURE_HEADER) || undefined,
});

/**
 * Lets a handler's error through untouched: Nest's own filter would turn it into "Internal server error" and log its message, which
 * may quote data. Goes on the consumers: filters that a hybrid app is given after `connectMicroservice` do not count.
 */
@Catch()
export class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
