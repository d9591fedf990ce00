import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '#libs/clock';
import { errorKind, type ProgramLogger } from '#libs/observability';
import {
  MESSAGES,
  RejectedMessage,
  unseal,
  type Confirm,
  type Envelope,
  type Hello,
  type MessageType,
  type Position,
  type Wire,
} from '#libs/protocol';
import { countRejected } from './rejections.js';
import { takeConfirmation } from './confirmation.js';
import { takePosition, type Standing } from './positions.js';

/** One message as it came off the broker. */
export interface RawMessage {
  payload: Uint8Array;
  signature: string | undefined;
}

/** What a handler gets beside the bodies. Everything it changes, it changes through `manager`, in the transaction of the batch. */
export interface MessageContext {
  manager: EntityManager;
  /** Who sent it; verified against channel, signature and register. */
  peer: string;
  /** All sequenced messages of this transaction, so that what they need together can be locked at once, before the first is applied. */
  batch: readonly Pick<Envelope, 'type' | 'body'>[];
  /** The (incarnation, number) of each body: the version of the state it carries. */
  versions: { incarnation: number; n: number }[];
  /** Runs after the transaction committed. */
  afterCommit: (action: () => void) => void;
}

/** Applies consecutive messages of one type, at once. Throwing undoes the whole batch; it is then tried again. */
export type BatchHandler = (bodies: object[], context: MessageContext) => Promise<void>;

export interface InboxOptions {
  self: string;
  /** Which wire this side reads. */
  wire?: Wire;
  /** The sender's public signing key according to the signed region register; undefined when it has none (any more). */
  publicKeyOf(peer: string): string | undefined;
  handlerOf(type: MessageType): BatchHandler | undefined;
  /** Says everything again to a peer that lost its memory; in the transaction that found out. */
  restarted?(manager: EntityManager, peer: string): Promise<void>;
}

/** How a batch went. `confirm` goes back to the sender once the batch has committed. */
export interface BatchResult {
  confirm?: Confirm;
  /** The question of a sender that wants to know where we stand. */
  question?: string;
  /** What came of the sender's answer to our own question. */
  standing?: Standing;
  afterCommit: (() => void)[];
  counts: { applied: number; duplicates: number; outOfOrder: number; rejected: number };
}

/**
 * Receives batches: verifies each message, puts them in the sender's order, skips what was applied before, applies the rest and
 * remembers how far it came, all in one transaction. Repeats do no harm; a gap stops at the gap and asks for a resend.
 */
export class Inbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: InboxOptions,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async receive(peer: string, raw: readonly RawMessage[]): Promise<BatchResult> {
    const envelopes: Envelope[] = [];
    const rejected: string[] = [];
    for (const message of raw) {
      try {
        envelopes.push(
          unseal(message.payload, message.signature, {
            from: peer,
            to: this.options.self,
            publicKey: this.options.publicKeyOf(peer),
            ...(this.options.wire ? { wire: this.options.wire } : {}),
          }),
        );
      } catch (error) {
        if (!(error instanceof RejectedMessage)) throw error;
        rejected.push(error.reason);
      }
    }
    return this.dataSource.transaction((manager) => this.apply(manager, peer, envelopes, rejected));
  }

  private async apply(
    manager: EntityManager,
    peer: string,
    envelopes: Envelope[],
    rejected: readonly string[],
  ): Promise<BatchResult> {
    const now = this.clock.now();
    const result: BatchResult = {
      afterCommit: [],
      counts: { applied: 0, duplicates: 0, outOfOrder: 0, rejected: rejected.length },
    };
    for (const [reason, count] of await countRejected(manager, peer, rejected, now))
      this.logger.warning('message-rejected', { peer, reason, count });
    if (envelopes.length === 0) return result;

    await manager.query(`insert into link (peer) values ($1) on conflict do nothing`, [peer]);
    const [link] = await manager.query<[{ in_incarnation: number; in_applied: string }]>(
      `select in_incarnation, in_applied from link where peer = $1 for update`,
      [peer],
    );
    let incarnation = link.in_incarnation;
    let applied = Number(link.in_applied);
    let gap = false;
    const inOrder: Envelope[] = [];
    const sequenced = envelopes
      .filter((e) => e.seq > 0)
      .sort((a, b) => a.incarnation - b.incarnation || a.seq - b.seq);
    for (const envelope of sequenced) {
      if (envelope.incarnation > incarnation && envelope.seq === 1) {
        incarnation = envelope.incarnation;
        applied = 0;
        gap = false;
      }
      if (
        envelope.incarnation < incarnation ||
        (envelope.incarnation === incarnation && envelope.seq <= applied)
      )
        result.counts.duplicates++;
      else if (envelope.incarnation > incarnation || envelope.seq > applied + 1) {
        gap = true;
        result.counts.outOfOrder++;
      } else {
        inOrder.push(envelope);
        applied = envelope.seq;
      }
    }
    const controls = envelopes.filter((e) => e.seq === 0);
    for (const control of controls) {
      if (control.type === 'confirm') await takeConfirmation(manager, peer, control.body as Confirm);
      else if (control.type === 'hello') result.question = (control.body as Hello).question;
      else if (control.type === 'position')
        await this.compare(manager, peer, control.body as Position, result);
      else await this.dispatch(manager, peer, [control], inOrder, result);
    }
    await manager.query(
      `update link set in_incarnation = $2, in_applied = $3, last_heard_at = $4 where peer = $1`,
      [peer, incarnation, applied, now],
    );
    for (const run of runsOf(inOrder)) await this.dispatch(manager, peer, run, inOrder, result);
    result.counts.applied = inOrder.length;
    if (sequenced.length > 0 && incarnation > 0) {
      result.confirm = { incarnation, upTo: applied, ...(gap ? { resendFrom: applied + 1 } : {}) };
    }
    return result;
  }

  private async compare(
    manager: EntityManager,
    peer: string,
    position: Position,
    result: BatchResult,
  ): Promise<void> {
    const standing = await takePosition(manager, peer, position, this.clock);
    result.standing = standing;
    if (standing === 'peer-forgot') await this.options.restarted?.(manager, peer);
    if (standing === 'self-forgot' || standing === 'peer-forgot')
      this.logger.warning('link-restarted', { peer, because: standing });
  }

  private async dispatch(
    manager: EntityManager,
    peer: string,
    run: Envelope[],
    batch: readonly Envelope[],
    result: BatchResult,
  ): Promise<void> {
    const type = run[0]!.type;
    const handler = this.options.handlerOf(type);
    if (!handler) throw new Error(`no handler for ${type}`);
    await handler(
      run.map((e) => e.body),
      {
        manager,
        peer,
        batch,
        versions: run.map((e) => ({ incarnation: e.incarnation, n: e.seq })),
        afterCommit: (action) => result.afterCommit.push(action),
      },
    );
  }

  /** Logs a batch that could not be applied. The message of the error stays out: it may quote data. */
  warn(peer: string, error: unknown): void {
    this.logger.warning('batch-failed', { peer, kind: errorKind(error) });
  }
}

/** Consecutive messages of one type. */
function* runsOf(envelopes: readonly Envelope[]): Generator<Envelope[]> {
  let run: Envelope[] = [];
  for (const envelope of envelopes) {
    if (run[0] && run[0].type !== envelope.type) {
      yield run;
      run = [];
    }
    run.push(envelope);
  }
  if (run.length > 0) yield run;
}

/** The message types that somebody must handle in a program that receives from `direction`. */
export const typesFrom = (direction: 'region' | 'relay'): MessageType[] =>
  (Object.keys(MESSAGES) as MessageType[]).filter((type) => MESSAGES[type].from === direction);
