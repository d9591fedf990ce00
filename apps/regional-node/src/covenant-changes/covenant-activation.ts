import { Injectable } from '@nestjs/common';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { Audit, SYSTEM } from '../audit/index.js';
import { Covenant, Covenants } from '../covenant/index.js';
import { Matches } from '../matches/index.js';
import { MunicipalityWarnings } from '../municipality-warnings/index.js';
import { SignalRemoval } from '../signals/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';

/**
 * Does what follows when the day of a version has come: it is in the logbook, and the signals of organisations that did not sign it end.
 * Which version is in force does not wait for this; a signal that was being filed at midnight is ended the next time.
 */
@Injectable()
@ScheduledWork({
  name: 'covenant-activation',
  title: 'Nieuwe versies van het convenant laten ingaan',
  schedule: { everySeconds: 60 },
})
export class CovenantActivation implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly covenants: Covenants,
    private readonly warnings: MunicipalityWarnings,
    private readonly removal: SignalRemoval,
    private readonly matches: Matches,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  async run(stopping: () => boolean): Promise<number> {
    const versions = await this.activate();
    const ended = await this.endSignalsOfThoseWhoLeft(stopping);
    return versions + ended;
  }

  private activate(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const now = this.clock.now();
      const begun = await manager.find(Covenant, {
        select: { version: true, document: true },
        where: {
          activatedAt: IsNull(),
          withdrawnAt: IsNull(),
          effectiveFrom: LessThanOrEqual(dayInAmsterdam(now)),
        },
        order: { effectiveFrom: 'asc' },
        lock: { mode: 'pessimistic_write' },
      });
      for (const { version, document } of begun) {
        await manager.update(Covenant, { version }, { activatedAt: now });
        const warnings = await this.warnings.ofCovenant(manager, document.municipalities);
        const alone = warnings.filter(({ why }) => why === 'without-process-manager').map(({ code }) => code);
        await this.audit.record(manager, SYSTEM, 'covenant-activated', {
          version,
          ...(alone.length > 0 ? { withoutProcessManager: alone } : {}),
        });
        this.logger.event('covenant-activated', { version, withoutProcessManager: alone.length });
      }
      return begun.length;
    });
  }

  private async endSignalsOfThoseWhoLeft(stopping: () => boolean): Promise<number> {
    const { document } = await this.covenants.current();
    const signals = await this.dataSource.query<{ id: string }[]>(
      `select s.id from signal s join professional p on p.id = s.professional_id
       where p.organisation_id <> all($1) order by s.id`,
      [document.organisations.map(({ id }) => id)],
    );
    let ended = 0;
    const failures: unknown[] = [];
    for (const { id } of signals) {
      if (stopping()) break;
      try {
        const gone = await this.dataSource.transaction((manager) =>
          this.removal.remove(manager, id, 'organisation-left', SYSTEM),
        );
        if (gone) ended += 1;
      } catch (error) {
        // one that fails holds up no other
        failures.push(error);
      }
    }
    if (ended > 0) this.matches.wake();
    if (failures.length > 0) throw failures[0];
    return ended;
  }
}
