import type { BeforeApplicationShutdown } from '@nestjs/common';
import { headers } from '@nats-io/transport-node';
import type { DataSource } from 'typeorm';
import type { Clock } from '#libs/clock';
import { errorKind, type ProgramLogger } from '#libs/observability';
import {
  RELAY,
  SIGNATURE_HEADER,
  seal,
  subjects,
  type MessageBody,
  type MessageType,
  type Signer,
} from '#libs/protocol';
import { Agreements } from './agreements.js';
import type { HubConnection } from './hub-connection.js';
import { MAY_LEAVE } from './outbox.js';
import { positionTowards } from './positions.js';

/** Who sends, and how the channel to a peer is named. */
export interface SenderOptions {
  /** Own name: a region, or `relay`. */
  self: string;
  signer: Signer;
  /** Whether this side, when it has lost its memory, sends nothing before it has heard everything again. */
  learnsFirst?: boolean;
}

interface DueRow {
  id: string;
  type: MessageType;
  body: object;
  seq: string;
  attempts: number;
}

const BATCH = 500;
const IN_FLIGHT = 200;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 60_000;
const POLL = 500;

/**
 * Sends what stands in the outbox, for ever. What was accepted stands there, written in the transaction that accepted it.
 *
 * When may it leave? When this program and the receiver agree where both stand (`Agreements`): a database that was put back to a backup
 * would give numbers a second time. Until then it waits here, not at the broker. Whoever finds that one side forgot begins a new
 * incarnation, and whoever did not forget says everything again (`positions.ts`).
 *
 * How does a message get its place? Not when it is written, since transactions commit out of order, but here: under a lock on the
 * link's row the due messages get the next numbers, gapless per peer and incarnation, in the order in which they were queued. One that
 * somebody is just replacing is passed over: waiting for it could be a deadlock, and what replaces it comes later anyway.
 *
 * When is a message done? When the receiving *application* confirms its number (`confirmed`), after its own commit. The broker's
 * acknowledgement only means that we need not send it again at once: broker storage may be lost at any time.
 *
 * What if the process dies between sending and noting that it did? The row is sent again; broker and receiver both know the number.
 *
 * What if the broker is down, full or frozen? The attempt fails or times out, the link shows since when, and the next try comes
 * later and later, at most a minute apart. A reconnection tries at once.
 *
 * What if the clock was ahead and is put right? What then lies in the future is due at once: better early than hours late.
 *
 * What if the broker loses what it acknowledged? The receiver sees a gap and asks for a resend; and whatever stays unconfirmed is
 * sent again by itself, with growing patience. A repeat carries another broker id, lest the broker's de-duplication swallow it.
 *
 * What if the receiver loses what it confirmed? Its next position tells, and everything is said again. What if this side does? The
 * receiver's position tells that too, and this side first hears what it had taken back since.
 *
 * What if two senders run on one database? Places are given under a lock, each number once; both may send it, and the receiver takes it once.
 *
 * What if a destination is away for days? Only its own rows wait; `not_before` and `coalesce_key` keep them to the present state.
 */
export class OutboxSender implements BeforeApplicationShutdown {
  /** With whom this program agrees; nobody else is sent anything that has a place in the order. */
  readonly agreements: Agreements;
  private stopping = false;
  private running?: Promise<void>;
  private wakeUp?: () => void;
  private awake = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly hub: HubConnection,
    private readonly options: SenderOptions,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {
    this.agreements = new Agreements(dataSource, options.learnsFirst ?? false);
    hub.onUp(() => {
      this.agreements.forget();
      void this.retryNow();
    });
  }

  start(): void {
    this.running ??= this.run();
  }

  /** There is something to send: do not wait for the next look. */
  wake(): void {
    this.awake = true;
    this.wakeUp?.();
  }

  /** Stops before the transport, the connection and the database are closed. */
  beforeApplicationShutdown(): Promise<void> {
    return this.stop();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
  }

  private async retryNow(): Promise<void> {
    await this.dataSource.query(`update link set next_try_at = null`).catch(() => undefined);
    this.wake();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      let sent = 0;
      try {
        sent = await this.pass();
      } catch (error) {
        // another database may stand in its place when it is back
        this.agreements.forget();
        this.logger.warning('outbox-waits', { kind: errorKind(error) });
      }
      if (sent === 0 && !this.awake) await this.pause();
      this.awake = false;
    }
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One look at all peers. @returns how many messages were sent */
  private async pass(): Promise<number> {
    await this.agreements.look();
    const agreed = this.agreements.peers();
    if (agreed.length === 0) return 0;
    const now = this.clock.now();
    const peers = await this.dataSource.query<{ peer: string }[]>(
      `select distinct o.peer from outbox_message o left join link l on l.peer = o.peer
       where o.peer = any($2::text[])
         and (l.next_try_at is null or l.next_try_at <= $1 or l.next_try_at > $1::timestamptz + interval '${LAST_RETRY} milliseconds')
         and ((o.seq is null and ${MAY_LEAVE('$1')}) or (o.seq is not null and ${MUST_BE_SENT('$1')}))`,
      [now, agreed],
    );
    const counts = await Promise.all(peers.map(({ peer }) => this.sendTo(peer)));
    return counts.reduce((total, count) => total + count, 0);
  }

  private async sendTo(peer: string): Promise<number> {
    const { incarnation, rows } = await this.takePlaces(peer);
    if (rows.length === 0) return 0;
    const sent: string[] = [];
    let failure: unknown;
    for (let at = 0; at < rows.length && failure === undefined; at += IN_FLIGHT) {
      const results = await Promise.allSettled(
        rows.slice(at, at + IN_FLIGHT).map((row) => this.publish(peer, incarnation, row)),
      );
      for (const [index, result] of results.entries()) {
        if (result.status === 'fulfilled') sent.push(rows[at + index]!.id);
        else failure = result.reason;
      }
    }
    await this.note(peer, sent, failure);
    return sent.length;
  }

  private async takePlaces(peer: string): Promise<{ incarnation: number; rows: DueRow[] }> {
    return this.dataSource.transaction(async (manager) => {
      const now = this.clock.now();
      await manager.query(`insert into link (peer) values ($1) on conflict do nothing`, [peer]);
      const [link] = await manager.query<
        [{ out_incarnation: number; out_next_seq: string; recovery: string | null }]
      >(`select out_incarnation, out_next_seq, recovery from link where peer = $1 for update`, [peer]);
      // a loss may have been found since the agreement was looked at
      if (this.options.learnsFirst && link.recovery !== null)
        return { incarnation: link.out_incarnation, rows: [] };
      const [placed] = await manager.query<[unknown[], number]>(
        `with due as (
           select id, row_number() over (order by id) as place from (
             select id from outbox_message o where peer = $1 and seq is null and ${MAY_LEAVE('$2')} order by id limit ${BATCH} for update skip locked
           ) as locked)
         update outbox_message o set seq = $3::bigint + due.place - 1 from due where o.id = due.id returning o.id`,
        [peer, now, link.out_next_seq],
      );
      if (placed.length > 0)
        await manager.query(`update link set out_next_seq = out_next_seq + $2 where peer = $1`, [
          peer,
          placed.length,
        ]);
      const rows = await manager.query<DueRow[]>(
        `select id, type, body, seq, attempts from outbox_message o
         where peer = $1 and seq is not null and ${MUST_BE_SENT('$2')} order by seq limit ${BATCH}`,
        [peer, now],
      );
      return { incarnation: link.out_incarnation, rows };
    });
  }

  private async publish(peer: string, incarnation: number, row: DueRow): Promise<void> {
    const js = await this.hub.jetstream();
    const { payload, signature } = seal(this.options.signer, {
      type: row.type,
      from: this.options.self,
      to: peer,
      incarnation,
      seq: Number(row.seq),
      sentAt: this.clock.now().toISOString(),
      body: row.body,
    });
    const head = headers();
    head.set(SIGNATURE_HEADER, signature);
    await js.publish(this.subject(peer, row.type), payload, {
      headers: head,
      msgID: `${incarnation}.${row.seq}.${row.attempts}`,
    });
  }

  private async note(peer: string, sent: string[], failure: unknown): Promise<void> {
    const now = this.clock.now();
    if (sent.length > 0) {
      // what is just being confirmed needs no note, and to wait for it could be a deadlock
      await this.dataSource.query(
        `update outbox_message set sent_at = $2, attempts = attempts + 1
         where id in (select id from outbox_message where id = any($1::bigint[]) for update skip locked)`,
        [sent, now],
      );
    }
    if (failure === undefined) {
      await this.dataSource.query(
        `update link set failing_since = null, failures = 0, next_try_at = null, last_success_at = $2 where peer = $1`,
        [peer, now],
      );
      return;
    }
    const [link] = (await this.dataSource
      .query(
        `update link set failures = failures + 1, failing_since = coalesce(failing_since, $2::timestamptz),
         next_try_at = $2::timestamptz + least(${LAST_RETRY}, ${FIRST_RETRY} * power(2, least(failures, 10))) * interval '1 millisecond'
       where peer = $1 returning failures`,
        [peer, now],
      )
      .then(([rows]: [{ failures: number }[]]) => rows)) as [{ failures: number }];
    if (link.failures === 1) this.logger.warning('link-failing', { peer, kind: errorKind(failure) });
  }

  /** Sends a control message: it has no place in the order and may be lost. */
  async sendControl<T extends 'confirm' | 'hello' | 'position' | 'heartbeat'>(
    peer: string,
    type: T,
    body: MessageBody<T>,
  ): Promise<void> {
    const [link] = await this.dataSource.query<[{ out_incarnation: number } | undefined]>(
      `select out_incarnation from link where peer = $1`,
      [peer],
    );
    const js = await this.hub.jetstream();
    const { payload, signature } = seal(this.options.signer, {
      type,
      from: this.options.self,
      to: peer,
      incarnation: link?.out_incarnation ?? 1,
      seq: 0,
      sentAt: this.clock.now().toISOString(),
      body,
    });
    const head = headers();
    head.set(SIGNATURE_HEADER, signature);
    await js.publish(this.subject(peer, type), payload, { headers: head });
  }

  /** Asks a peer where both stand. */
  async ask(peer: string): Promise<void> {
    await this.sendControl(peer, 'hello', { question: await this.agreements.question(peer) });
  }

  /** Tells a peer that asked where this side stands. */
  async answer(peer: string, question: string): Promise<void> {
    await this.sendControl(peer, 'position', await positionTowards(this.dataSource.manager, peer, question));
  }

  private subject(peer: string, type: MessageType): string {
    return this.options.self === RELAY ? subjects.down(peer, type) : subjects.up(this.options.self, type);
  }
}

/** How long an acknowledged message may stay unconfirmed before it is sent again: from 20 s to 20 minutes. */
const PATIENCE = `least(1200, 10 * power(2, least(attempts, 7))) * interval '1 second'`;

/** Not sent, or long ago, or in the future: by a clock that was ahead. */
const MUST_BE_SENT = (now: string): string =>
  `(o.sent_at is null or o.sent_at <= ${now}::timestamptz - ${PATIENCE} or o.sent_at > ${now}::timestamptz + interval '1 minute')`;
