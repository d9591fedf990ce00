import { Injectable } from '@nestjs/common';
import { dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { Problem } from '#libs/problems';
import { DataSource, In, MoreThanOrEqual, type EntityManager } from 'typeorm';
import { Audit, AuditLine, type AuditAction } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { mayAskAgain } from './rules/access-limit.rule.js';

/** The lines of the logbook that each count as a request; every request leaves one of them. */
const COUNTED: readonly AuditAction[] = [
  'subject-access-given',
  'erasure-previewed',
  'signals-erased',
  'archive-destroyed',
];

/** Counts the requests of a process manager on all doors together, per person and day. */
@Injectable()
export class AccessRequests {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Handles one request in a transaction; the work in it writes its own line of the logbook.
   * @throws Problem `too-many-access-requests` until the next day
   */
  async handle<T>(processManager: Professional, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const handled = await this.dataSource.transaction(async (manager) => {
      if (await this.mayAsk(manager, processManager)) return { answer: await work(manager) };
      await this.audit.record(manager, processManager.id, 'subject-access-refused');
      return undefined;
    });
    if (!handled) throw new Problem('too-many-access-requests');
    return handled.answer;
  }

  /** One request of a person at a time, so that none is overlooked. */
  private async mayAsk(manager: EntityManager, { subject }: Professional): Promise<boolean> {
    const designations = await manager.find(Professional, {
      where: { subject },
      order: { id: 'asc' },
      lock: { mode: 'pessimistic_write' },
    });
    const today = await manager.countBy(AuditLine, {
      ...{ actor: In(designations.map(({ id }) => id)), action: In(COUNTED) },
      at: MoreThanOrEqual(momentInAmsterdam(dayInAmsterdam(this.clock.now()), '00:00')),
    });
    return mayAskAgain(today);
  }
}
