import { Injectable } from '@nestjs/common';
import { Cron, CronExpression, Interval } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Clock, DAY, HOUR, MINUTE } from '#libs/clock';
import { errorKind, nationalCount, ProgramLogger } from '#libs/observability';
import { DataSource, LessThan, MoreThanOrEqual } from 'typeorm';
import { Register } from '../register/index.js';
import { Status } from '../status/index.js';
import type { NationalHour, RegionHour } from './dto/views.js';
import { RegionSample } from './region-sample.entity.js';

/** What the screens show. */
const SHOWN = 7 * DAY;
/** A day more is kept, so that the first hour shown is a whole one. */
const KEPT = 8 * DAY;

/** How the regions did in the past week: one row for each region and hour, from a look every minute. */
@Injectable()
export class History {
  constructor(
    private readonly dataSource: DataSource,
    private readonly status: Status,
    private readonly register: Register,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Notes how every region that takes part is doing. */
  @Interval(MINUTE)
  async look(): Promise<void> {
    if (!this.register.isOpen()) return;
    try {
      const now = this.clock.now();
      const [hour, minute] = [beginOf(HOUR, now), beginOf(MINUTE, now)];
      for (const region of await this.status.regions()) {
        if (region.state !== 'admitted') continue;
        const is = (health: string) => (region.health === health ? 1 : 0);
        await this.dataSource.query(NOTE, [
          ...[region.id, hour, is('healthy'), is('lagging'), is('silent'), region.delaySeconds],
          ...[region.queuedByRegion + region.queuedForRegion, region.tags, region.matches],
          minute,
        ]);
      }
    } catch (error) {
      this.logger.warning('history-not-noted', { kind: errorKind(error) });
    }
  }

  /** Forgets what is older than the screens show. */
  @Cron(CronExpression.EVERY_HOUR, { timeZone: AMSTERDAM })
  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT);
    await this.dataSource.manager.delete(RegionSample, { hour: LessThan(before) });
  }

  /** The past week of one region, by the hour; hours in which it did not take part are left out. */
  async ofRegion(region: string): Promise<RegionHour[]> {
    const samples = await this.dataSource.manager.find(RegionSample, {
      where: { region, hour: MoreThanOrEqual(this.first()) },
      order: { hour: 'ASC' },
    });
    return samples.map(({ hour, healthy, lagging, silent, worstDelaySeconds, worstQueue }) => {
      return { hour, healthy, lagging, silent, worstDelaySeconds, worstQueue };
    });
  }

  /** The past week of the whole federation, by the hour. */
  async ofFederation(): Promise<NationalHour[]> {
    const rows = await this.dataSource.query<
      { hour: Date; heard: number; looks: number; tags: number; matches: number }[]
    >(
      // a match is counted at both its sides
      `select hour, sum(healthy + lagging)::int as heard, sum(healthy + lagging + silent)::int as looks,
         sum(tags)::int as tags, (sum(matches) / 2)::int as matches
       from region_sample where hour >= $1 group by hour order by hour`,
      [this.first()],
    );
    return rows.map(({ hour, heard, looks, tags, matches }) => ({
      hour,
      reachablePercent: Math.floor((100 * heard) / looks),
      tags: nationalCount(tags),
      matches: nationalCount(matches),
    }));
  }

  private first(): Date {
    return beginOf(HOUR, new Date(this.clock.now().getTime() - SHOWN));
  }
}

const NOTE = `
  insert into region_sample as s
    (region, hour, healthy, lagging, silent, worst_delay_seconds, worst_queue, tags, matches, looked_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (region, hour) do update set
    healthy = s.healthy + excluded.healthy, lagging = s.lagging + excluded.lagging,
    silent = s.silent + excluded.silent,
    worst_delay_seconds = greatest(s.worst_delay_seconds, excluded.worst_delay_seconds),
    worst_queue = greatest(s.worst_queue, excluded.worst_queue),
    tags = excluded.tags, matches = excluded.matches, looked_at = excluded.looked_at
  where s.looked_at < excluded.looked_at`;

const beginOf = (span: number, moment: Date): Date => new Date(Math.floor(moment.getTime() / span) * span);
