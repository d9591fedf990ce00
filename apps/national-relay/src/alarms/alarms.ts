import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '#libs/clock';
import { ProgramLogger } from '#libs/observability';
import { DataSource, MoreThan, type EntityManager } from 'typeorm';
import { Alarm, type RecordedAlarmKind } from './alarm.entity.js';

/** How long an alarm that nobody clears stays visible after it was last raised. */
const VISIBLE = 7 * DAY;

/** Keeps the alarms that the relay raises itself. */
@Injectable()
export class Alarms {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Raises an alarm, or raises it again: `times` events since the one before. */
  async raise(
    kind: RecordedAlarmKind,
    party: string,
    times = 1,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(
      `insert into alarm (kind, party, since, last_at, count) values ($1, $2, $3, $3, $4)
       on conflict (kind, party) do update set last_at = excluded.last_at, count = alarm.count + excluded.count`,
      [kind, party, this.clock.now(), times],
    );
    this.logger.warning('alarm-raised', { kind, party, times });
  }

  /** Ends an alarm whose cause is gone. */
  async clear(kind: RecordedAlarmKind, party?: string): Promise<void> {
    await this.dataSource.manager.delete(Alarm, party === undefined ? { kind } : { kind, party });
  }

  /** The alarms that still matter. */
  recorded(): Promise<Alarm[]> {
    const since = new Date(this.clock.now().getTime() - VISIBLE);
    return this.dataSource.manager.find(Alarm, {
      where: { lastAt: MoreThan(since) },
      order: { lastAt: 'DESC', kind: 'ASC', party: 'ASC' },
    });
  }
}
