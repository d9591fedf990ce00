import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { headers, type Msg, type NatsConnection, type Subscription } from '@nats-io/transport-node';
import { Counter } from 'prom-client';
import { SECOND } from '#libs/clock';
import { HubConnection } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import { SIGNATURE_HEADER } from '#libs/protocol';
import { KeyHolderConfig } from '../config.js';
import { Turns } from './turns.js';

/** A request as it arrived. */
export interface Question {
  /** What stands in the place of the subject's `*`: who asks, as the hub lets only that account say it. */
  asker: string;
  payload: Uint8Array;
  signature: string | undefined;
}

/** What somebody answered, or what is to be answered. */
export interface Reply {
  payload: Uint8Array;
  signature?: string | undefined;
}

/** Answers one request; undefined leaves it unanswered. */
export type Answer = (question: Question) => Promise<Reply | undefined>;

/** There is no connection to the hub at this moment. */
export class HubUnreachable extends Error {
  override name = 'HubUnreachable';
}

const PATIENCE = 2 * SECOND;

const dropped = new Counter({
  name: 'requests_dropped_total',
  help: 'Requests left unanswered, since too many of the same asker waited',
});

/** Request and reply over the hub. Instances of one holder share the requests: each goes to one of them. */
@Injectable()
export class Hub implements BeforeApplicationShutdown {
  private stopping = false;
  private readonly open = new Set<Subscription>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly turns = new Turns();

  constructor(
    private readonly config: KeyHolderConfig,
    private readonly connection: HubConnection,
    private readonly logger: ProgramLogger,
  ) {}

  /** Answers every request on `subject` from now on, as soon as and whenever the hub is there. */
  serve(subject: string, answer: Answer): void {
    void this.connection.get().then((connection) => this.listen(connection, subject, answer));
  }

  /** @throws HubUnreachable, or what the NATS client throws when nobody answers within 2 s. */
  async ask(subject: string, payload: Uint8Array, signature?: string): Promise<Reply> {
    if (!this.connection.isUp()) throw new HubUnreachable();
    const connection = await this.connection.get();
    const options = signature ? { headers: signed(signature) } : {};
    const reply = await connection.request(subject, payload, { timeout: PATIENCE, ...options });
    return { payload: reply.data, signature: signatureOf(reply) };
  }

  /** Takes no more requests, and waits for the answers that are under way. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    if (this.connection.isUp())
      await Promise.allSettled([...this.open].map((subscription) => subscription.drain()));
    await Promise.allSettled(this.underWay);
  }

  /** A subscription that the hub ends (its permissions were changed) is tried again. */
  private async listen(connection: NatsConnection, subject: string, answer: Answer): Promise<void> {
    const place = subject.split('.').indexOf('*');
    while (!this.stopping && !connection.isClosed()) {
      const subscription = connection.subscribe(subject, { queue: this.config.keyHolder });
      this.open.add(subscription);
      try {
        for await (const message of subscription) {
          const asker = place < 0 ? '' : message.subject.split('.')[place]!;
          if (!this.turns.take(asker, () => this.track(this.respond(message, asker, answer)))) dropped.inc();
        }
      } catch (error) {
        this.logger.warning('subscription-lost', { subject, error: errorKind(error) });
        await new Promise((resolve) => setTimeout(resolve, SECOND));
      } finally {
        this.open.delete(subscription);
      }
    }
  }

  private async respond(message: Msg, asker: string, answer: Answer): Promise<void> {
    try {
      const reply = await answer({ asker, payload: message.data, signature: signatureOf(message) });
      if (reply) message.respond(reply.payload, reply.signature ? { headers: signed(reply.signature) } : {});
    } catch (error) {
      // unanswered: the asker tries again, or asks another holder
      this.logger.warning('request-failed', { error: errorKind(error) });
    }
  }

  private async track(work: Promise<void>): Promise<void> {
    this.underWay.add(work);
    await work;
    this.underWay.delete(work);
  }
}

function signed(signature: string) {
  const own = headers();
  own.set(SIGNATURE_HEADER, signature);
  return own;
}

const signatureOf = (message: Msg): string | undefined => message.headers?.get(SIGNATURE_HEADER) || undefined;
