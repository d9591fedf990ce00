import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Clock, DAY } from '#libs/clock';
import { LinkRestarts, Outbox } from '#libs/messaging';
import { MAX_LISTED, RELAY } from '#libs/protocol';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { Erasure } from './erasure.entity.js';

/** Longer than any signal lives (24 months, Jeugdwet 7.1.4.5), so that a backup in which it lives is of no use any more. */
const KEEP = 760 * DAY;

/** Names the end of a signal. Follows from its internal random id, which leaves the node nowhere else; nobody can go back. */
export const erasureToken = (signalId: string): Buffer => tokenOf(signalId);

/** Names the destruction of an archived signal; the end of the signal that it was has another name. */
export const archiveErasureToken = (signalId: string): Buffer => tokenOf(`archive/${signalId}`);

const tokenOf = (what: string): Buffer =>
  createHash('sha256').update(`vir1/erased/${what}`).digest().subarray(0, 16);

/**
 * Remembers that signals ended, and that archived ones were destroyed before their time, here and at the relay, so that none of them returns with a restored backup.
 *
 * How long? For longer than any backup with a living signal is of use; what an older backup than that holds of the archive comes back with it,
 * until its five years are over.
 *
 * Why is the relay told? Our own memory is restored with the backup. It learns that a signal ended, not whose; and if it loses its
 * memory, it is told again what we remember.
 */
@Injectable()
export class Erasures {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    links: LinkRestarts,
  ) {
    links.onRestart((manager) => this.sayAgain(manager));
  }

  /** Notes the end of a signal, in the transaction that ends it. */
  note(manager: EntityManager, signalId: string): Promise<void> {
    return this.remember(manager, erasureToken(signalId));
  }

  /** Notes that an archived signal was destroyed, in the transaction that destroys it. */
  noteArchived(manager: EntityManager, signalId: string): Promise<void> {
    return this.remember(manager, archiveErasureToken(signalId));
  }

  private async remember(manager: EntityManager, token: Buffer): Promise<void> {
    const row = { token, at: this.clock.now() };
    await manager.createQueryBuilder().insert().into(Erasure).values(row).orIgnore().execute();
    await this.outbox.enqueue(manager, RELAY, 'erased', { tokens: [token.toString('base64url')] });
  }

  @Cron(CronExpression.EVERY_DAY_AT_4AM, { timeZone: AMSTERDAM })
  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP);
    await this.dataSource.manager.delete(Erasure, { at: LessThan(before) });
  }

  private async sayAgain(manager: EntityManager): Promise<void> {
    // in the order of the random tokens, which tells nothing of when they ended
    const rows = await manager.find(Erasure, { order: { token: 'asc' } });
    const tokens = rows.map(({ token }) => token.toString('base64url'));
    for (let at = 0; at < tokens.length; at += MAX_LISTED)
      await this.outbox.enqueue(manager, RELAY, 'erased', { tokens: tokens.slice(at, at + MAX_LISTED) });
  }
}
