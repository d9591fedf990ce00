import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, LessThanOrEqual } from 'typeorm';
import { SYSTEM } from '../audit/index.js';
import { Matches } from '../matches/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { Signal } from '../youths/index.js';
import { SignalRemoval } from './signal-removal.js';

const BATCH = 200;

/**
 * Ends the signals whose removal date has come (Jeugdwet 7.1.4.5), each in a transaction of its own, so that one that
 * fails holds up no other. Several instances may do so at once: the locks on the persons leave each signal to one.
 */
@Injectable()
@ScheduledWork({
  name: 'signal-removal',
  title: 'Signalen verwijderen waarvan de termijn voorbij is',
  schedule: { everySeconds: 60 },
})
export class SignalExpiry implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly removal: SignalRemoval,
    private readonly matches: Matches,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Ends what has expired, in batches. @returns how many signals that were */
  async run(stopping: () => boolean): Promise<number> {
    await this.forgetReminders();
    let total = 0;
    for (;;) {
      const expired = await this.dataSource.manager.find(Signal, {
        select: { id: true, removalCause: true },
        where: { removalDate: LessThanOrEqual(dayInAmsterdam(this.clock.now())) },
        order: { removalDate: 'asc', id: 'asc' },
        take: BATCH,
      });
      let ended = 0;
      for (const { id, removalCause } of expired) {
        if (await this.endOne(id, removalCause)) ended += 1;
        if (stopping()) return total + ended;
      }
      total += ended;
      // a batch of which nothing could be ended would come back for ever
      if (ended === 0 || expired.length < BATCH) break;
    }
    if (total > 0) this.matches.wake();
    return total;
  }

  /** Reminders to inform somebody last six weeks. */
  private async forgetReminders(): Promise<void> {
    await this.dataSource.manager.update(
      Signal,
      { informReminderUntil: LessThanOrEqual(dayInAmsterdam(this.clock.now())) },
      { informReminderUntil: null },
    );
  }

  private async endOne(id: string, cause: Signal['removalCause']): Promise<boolean> {
    try {
      return await this.dataSource.transaction((manager) => this.removal.remove(manager, id, cause, SYSTEM));
    } catch (error) {
      this.logger.warning('signal-expiry-failed', { error: errorKind(error) });
      return false;
    }
  }
}
