import { Injectable } from '@nestjs/common';
import { Clock, DAY } from '#libs/clock';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { Professional } from '../directory/index.js';
import { ScheduledWork, type Work } from '../scheduled-work/index.js';
import { UnknownLogin } from './unknown-login.entity.js';

/** How long a login that nobody attached is kept after it was last seen. */
const KEPT = 30 * DAY;
/** How many are kept at most; the one that was seen longest ago goes first. */
export const MOST = 500;

/** Who logs in: notes the first time of the people of the directory, and keeps the identifiers of others for the operator. */
@Injectable()
@ScheduledWork({
  name: 'unknown-logins',
  title: 'Onbekende logins van langer dan 30 dagen geleden vergeten',
  schedule: { dailyAt: '04:10' },
})
export class UnknownLogins implements Work {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Notes that somebody logged in. */
  async note(subject: string): Promise<void> {
    const { manager } = this.dataSource;
    const now = this.clock.now();
    await manager.update(Professional, { subject, firstLoginAt: IsNull() }, { firstLoginAt: now });
    if (await manager.existsBy(Professional, { subject })) return;
    await manager.query(
      `insert into unknown_login (subject, first_seen_at, last_seen_at, count) values ($1, $2, $2, 1)
       on conflict (subject) do update set last_seen_at = excluded.last_seen_at, count = unknown_login.count + 1`,
      [subject, now],
    );
    await manager.query(
      `delete from unknown_login where subject in
       (select subject from unknown_login order by last_seen_at desc, subject offset $1)`,
      [MOST],
    );
  }

  /** Those of the last 30 days, the last one first, without those that are somebody's by now. */
  list(): Promise<UnknownLogin[]> {
    return this.dataSource.manager
      .createQueryBuilder(UnknownLogin, 'login')
      .where('login.last_seen_at > :since', { since: this.since() })
      .andWhere('not exists (select 1 from professional where professional.subject = login.subject)')
      .orderBy({ 'login.last_seen_at': 'DESC', 'login.subject': 'ASC' })
      .getMany();
  }

  async run(): Promise<number> {
    const { manager } = this.dataSource;
    const old = await manager.delete(UnknownLogin, { lastSeenAt: LessThanOrEqual(this.since()) });
    const [, attached] = await manager.query<[unknown, number]>(
      'delete from unknown_login where subject in (select subject from professional)',
    );
    return (old.affected ?? 0) + attached;
  }

  private since(): Date {
    return new Date(this.clock.now().getTime() - KEPT);
  }
}
