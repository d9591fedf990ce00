import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { MESSAGES, mustBeValid, type MessageBody, type MessageType } from '#libs/protocol';
import type { SetAside } from './set-aside.js';

/** How long a message waits before it may leave, and which unsent one it replaces. */
export interface EnqueueOptions {
  /** Milliseconds; not a moment, which a clock that is put right meanwhile would leave hours away. */
  delay?: number;
  coalesceKey?: string;
}

/** One message to be queued. */
export interface Outgoing<T extends MessageType = MessageType> {
  peer: string;
  type: T;
  body: MessageBody<T>;
  options?: EnqueueOptions;
}

/**
 * Milliseconds from now until a moment that was set at another; none when it was set in the future, by a clock that was ahead.
 */
export const remaining = (setAt: Date, moment: Date, now: Date): number =>
  setAt > now ? 0 : Math.max(0, moment.getTime() - now.getTime());

/** Its moment has come. One that was written in the future was written by a clock that was ahead: who knows when that would be. */
export const MAY_LEAVE = (now: string): string =>
  `(o.not_before <= ${now} or o.created_at > ${now}::timestamptz + interval '1 minute')`;

/** What stands in the outbox. */
export interface Backlog {
  /** Messages that are on their way, or would be if the link were up. */
  queued: number;
  /** For how many seconds the one that waits longest could have been there. */
  oldestSeconds: number;
  /** Messages whose moment has not come yet. */
  held: number;
}

/**
 * Queues messages in the caller's transaction: they exist exactly if the change that they tell about does.
 * State, not events: an unsent message with the same `coalesceKey` is replaced.
 */
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly setAside: SetAside,
  ) {}

  async enqueue<T extends MessageType>(
    manager: EntityManager,
    peer: string,
    type: T,
    body: MessageBody<T>,
    options: EnqueueOptions = {},
  ): Promise<void> {
    await this.enqueueAll(manager, [{ peer, type, body, options }]);
  }

  /** Queues many messages in one statement, in the order given. One that its receiver would refuse is set aside instead. */
  async enqueueAll(manager: EntityManager, all: readonly Outgoing[]): Promise<void> {
    if (all.length === 0) return;
    const now = this.clock.now();
    const keyed = all.filter((message) => message.options?.coalesceKey);
    if (keyed.length > 0) {
      await this.setAside.forget(manager, 'message', keyed.map(setAsideKey));
      // one that the sender is just placing, or somebody else is replacing, is passed over: to wait for it could be a deadlock
      await manager.query(
        `delete from outbox_message where id in (
           select o.id from outbox_message o join unnest($1::text[], $2::text[]) as k(peer, key) on o.peer = k.peer and o.coalesce_key = k.key
           where o.seq is null for update of o skip locked)`,
        [keyed.map((m) => m.peer), keyed.map((m) => m.options?.coalesceKey)],
      );
    }
    const messages: Outgoing[] = [];
    for (const message of all) {
      const { peer, type, body, options } = message;
      const fit = await this.setAside.isFit(manager, {
        ...{ peer, type, body, delay: options?.delay ?? 0, key: setAsideKey(message) },
      });
      if (fit) messages.push(message);
    }
    if (messages.length === 0) return;
    await manager.query(
      `insert into outbox_message (peer, type, body, coalesce_key, created_at, not_before)
       select peer, type, body::jsonb, key, $5, not_before
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $6::timestamptz[]) with ordinality
         as m(peer, type, body, key, not_before, place) order by place`,
      [
        messages.map((m) => m.peer),
        messages.map((m) => m.type),
        messages.map((m) => JSON.stringify(m.body)),
        messages.map((m) => m.options?.coalesceKey ?? null),
        now,
        messages.map((m) => new Date(now.getTime() + (m.options?.delay ?? 0))),
      ],
    );
  }

  /** Drops what waits for peers that take part no longer. Should one come back, its order begins anew. */
  async forgetPeersExcept(manager: EntityManager, staying: readonly string[]): Promise<void> {
    await manager.query(`select peer from link where peer <> all($1::text[]) order by peer for update`, [
      staying,
    ]);
    await manager.query(
      `with forgotten as (delete from outbox_message where peer <> all($1::text[]) returning peer)
       update link set out_incarnation = out_incarnation + 1, out_next_seq = 1, out_confirmed = 0
       where peer in (select peer from forgotten)`,
      [staying],
    );
  }

  /**
   * Queues a message with the next place in the order, at once. `body` is asked while nobody else can take a place: what it says holds
   * for exactly what stands before it.
   */
  async enqueueInPlace<T extends MessageType>(
    manager: EntityManager,
    peer: string,
    type: T,
    body: () => Promise<MessageBody<T>>,
  ): Promise<void> {
    const now = this.clock.now();
    const [rows] = await manager.query<[{ seq: string }[], number]>(
      `update link set out_next_seq = out_next_seq + 1 where peer = $1 returning out_next_seq - 1 as seq`,
      [peer],
    );
    if (!rows[0]) throw new Error(`no link to ${peer} yet`);
    const said = await body();
    // undoes the transaction and with it the number: nothing can stand aside of a number that was given
    mustBeValid(MESSAGES[type].body as new () => object, said);
    await manager.query(
      `insert into outbox_message (peer, type, body, created_at, not_before, seq) values ($1, $2, $3::jsonb, $4, $4, $5)`,
      [peer, type, JSON.stringify(said), now, rows[0].seq],
    );
  }

  /** Queues again what another version of this software set aside, as far as it fits now. */
  async retrySetAside(manager: EntityManager): Promise<void> {
    for (const { key, message } of await this.setAside.ofOtherVersions(manager, 'message')) {
      const { peer, type, body, delay } = message as Outgoing & { delay: number };
      await this.setAside.forget(manager, 'message', [key]);
      const [coalesceKey] = key.startsWith(`${peer} `) ? [key.slice(peer.length + 1)] : [];
      await this.enqueueAll(manager, [
        { peer, type, body, options: { delay, ...(coalesceKey ? { coalesceKey } : {}) } },
      ]);
    }
  }

  /** Takes back what has not been given a place in the order yet. @returns whether there was something to take back */
  async retract(manager: EntityManager, peer: string, coalesceKey: string): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `delete from outbox_message where peer = $1 and coalesce_key = $2 and seq is null returning id`,
      [peer, coalesceKey],
    );
    await this.setAside.forget(manager, 'message', [`${peer} ${coalesceKey}`]);
    return rows.length > 0;
  }

  /** Takes back all whose key begins like this, as far as it has no place in the order yet. */
  async retractUnder(manager: EntityManager, peer: string, beginning: string): Promise<void> {
    await manager.query(
      `delete from outbox_message where peer = $1 and starts_with(coalesce_key, $2) and seq is null`,
      [peer, beginning],
    );
  }

  /** How many milliseconds what waits under this key still waits; undefined when nothing does. */
  async waitsFor(manager: EntityManager, peer: string, coalesceKey: string): Promise<number | undefined> {
    const [row] = await manager.query<[{ created_at: Date; not_before: Date }?]>(
      `select created_at, not_before from outbox_message where peer = $1 and coalesce_key = $2 and seq is null`,
      [peer, coalesceKey],
    );
    return row && remaining(row.created_at, row.not_before, this.clock.now());
  }

  /** Which of these keys have no place in the order yet: the peer may hear of them after what takes its place next. */
  async unplaced(manager: EntityManager, peer: string, keys: readonly string[]): Promise<Set<string>> {
    const rows = await manager.query<{ key: string }[]>(
      `select coalesce_key as key from outbox_message where peer = $1 and coalesce_key = any($2::text[]) and seq is null`,
      [peer, keys],
    );
    return new Set(rows.map(({ key }) => key));
  }

  async backlog(manager: EntityManager): Promise<Backlog> {
    const [row] = await manager.query<[Backlog]>(
      `select count(*) filter (where ${MAY_LEAVE('$1')})::int as queued,
         count(*) filter (where not ${MAY_LEAVE('$1')})::int as held,
         greatest(0, coalesce(extract(epoch from $1::timestamptz - min(o.not_before)), 0))::int as "oldestSeconds"
       from outbox_message o`,
      [this.clock.now()],
    );
    return row;
  }

  /** Takes back all of these types that has no place in the order yet: what follows says it anew. */
  async retractAll(manager: EntityManager, peer: string, types: readonly MessageType[]): Promise<void> {
    await manager.query(
      `delete from outbox_message where peer = $1 and type = any($2::text[]) and seq is null`,
      [peer, types],
    );
  }
}

/** Under what a message is set aside: its peer and key, by which it is replaced and taken back, or a random name. */
const setAsideKey = ({ peer, options }: Outgoing): string =>
  options?.coalesceKey ? `${peer} ${options.coalesceKey}` : randomUUID();
