import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { RegionalNodeConfig } from '../config.js';
import { Covenants } from '../covenant/index.js';
import { Professional } from '../directory/index.js';
import { MailQueue, noticeMail } from '../mails/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { SHARED, Signal } from '../youths/index.js';
import { lastToRemind, reminderDue } from './rules/reminder-due.rule.js';

const BATCH = 200;

/** Tells filers that a signal of theirs will expire, while it can be renewed. */
@Injectable()
@ScheduledWork({
  name: 'expiry-reminders',
  title: 'Herinneren aan signalen die aflopen',
  schedule: { dailyAt: '07:00' },
})
export class SignalReminders implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly mails: MailQueue,
    private readonly audit: Audit,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
  ) {}

  async run(stopping: () => boolean): Promise<number> {
    const today = dayInAmsterdam(this.clock.now());
    let total = 0;
    for (;;) {
      const signals = await this.dataSource.manager.find(Signal, {
        where: {
          removalDate: LessThanOrEqual(lastToRemind(today)),
          removalCause: 'expired',
          remindedAt: IsNull(),
          ...SHARED,
        },
        order: { removalDate: 'asc', id: 'asc' },
        take: BATCH,
      });
      const due = signals.filter((signal) => reminderDue({ ...signal, reminded: false }, today));
      for (const signal of due) {
        if (stopping()) return total;
        if (await this.remind(signal)) total += 1;
      }
      if (due.length === 0 || signals.length < BATCH) return total;
    }
  }

  private remind({ id, number, professionalId, removalDate }: Signal): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(
        Signal,
        { id, remindedAt: IsNull() },
        { remindedAt: this.clock.now() },
      );
      if (!affected) return false;
      const filer = await manager.findOneByOrFail(Professional, { id: professionalId });
      const { document } = await this.covenants.current(manager);
      const mail = noticeMail({
        ...{ indexName: document.name, region: this.config.region, to: filer },
        about: ['reminder', id],
        subject: 'uw signaal loopt af',
        paragraphs: [
          `Uw signaal ${number} loopt af op ${removalDate}. Daarna wordt het verwijderd.`,
          'Is er nog reden voor het signaal, dan kunt u het na het inloggen verlengen. Informeer daarover opnieuw de wettelijke vertegenwoordigers of de jeugdige, naar leeftijd.',
          'Is de reden voorbij, dan kunt u het signaal nu al beëindigen.',
        ],
      });
      await this.mails.queue(manager, mail);
      await this.audit.record(manager, SYSTEM, 'reminder-sent', { signal: number });
      return true;
    });
  }
}
