import { Injectable } from '@nestjs/common';
import { Cron, CronExpression, Interval } from '@nestjs/schedule';
import { AMSTERDAM, dayInAmsterdam } from '#libs/calendar';
import { Clock, DAY, HOUR, SECOND } from '#libs/clock';
import { softwareVersion } from '#libs/configuration';
import { RejectedMessages } from '#libs/messaging';
import { errorKind, nationalCount, ProgramLogger } from '#libs/observability';
import { DataSource, LessThan } from 'typeorm';
import { Alarms } from '../alarms/index.js';
import { RelayConfig } from '../config.js';
import { metrics } from '../metrics.js';
import { Register } from '../register/index.js';
import { KeyHolderStatus } from './key-holder-status.entity.js';
import { RegionStatus } from './region-status.entity.js';
import { alarmsOf } from './rules/alarms-of-regions.rule.js';
import { healthOf } from './rules/region-health.rule.js';
import type { AlarmView, Figures, KeyHolderView, RegionState, RejectedView, UsageView } from './dto/views.js';

/** Kinds of alarms that count persons. */
const OF_PERSONS = new Set(['signals-lost', 'quota-nearly-used']);

const KEEP_REJECTIONS = 90 * DAY;

/** How the federation is doing, from what the relay counts and what others tell of themselves. */
@Injectable()
export class Status {
  private readonly version = softwareVersion();

  constructor(
    private readonly dataSource: DataSource,
    private readonly register: Register,
    private readonly alarmBook: Alarms,
    private readonly config: RelayConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /** Every region in the register. */
  async regions(): Promise<RegionState[]> {
    const now = this.clock.now();
    const [statuses, keyHolders, counts] = await Promise.all([
      this.dataSource.manager.find(RegionStatus),
      this.dataSource.manager.find(KeyHolderStatus),
      this.dataSource.query<CountsRow[]>(COUNTS, [
        this.register.current().regions.map(({ id }) => id),
        now,
        new Date(now.getTime() - HOUR),
      ]),
    ]);
    return this.register.current().regions.map(({ id, name, state, municipalities, dailyQuota }) => {
      const said = statuses.find(({ region }) => region === id);
      const counted = counts.find(({ region }) => region === id);
      const delaySeconds = Math.max(said?.oldestQueuedSeconds ?? 0, counted?.oldest_seconds ?? 0);
      return {
        id,
        name,
        state,
        municipalities,
        health: healthOf(secondsSince(said?.lastSeenAt, now), delaySeconds, this.config.silentAfter),
        lastSeenAt: said?.lastSeenAt ?? null,
        delaySeconds,
        queuedByRegion: said?.queued ?? 0,
        queuedForRegion: counted?.queued ?? 0,
        softwareVersion: said?.softwareVersion ?? null,
        tags: counted?.tags ?? 0,
        matches: counted?.matches ?? 0,
        awaitingSecret: said?.awaitingSecret ?? 0,
        unansweredNotices: said?.unansweredNotices ?? 0,
        unopenableCards: said?.unopenableCards ?? 0,
        lostPersons: said?.lostPersons ?? 0,
        probes: said?.probes ?? [],
        clockSkewSeconds: said?.clockSkewSeconds ?? 0,
        rejected: counted?.rejected ?? [],
        dailyQuota,
        evaluatedToday: mostOf(keyHolders.map((holder) => usageOf(holder, now)?.get(id))),
      };
    });
  }

  /** Every key holder in the register. */
  async keyHolders(): Promise<KeyHolderView[]> {
    const now = this.clock.now();
    const statuses = await this.dataSource.manager.find(KeyHolderStatus);
    return this.register.current().keyHolders.map(({ id, name }) => {
      const seen = statuses.find(({ keyHolder }) => keyHolder === id);
      const silence = secondsSince(seen?.lastSeenAt ?? undefined, now);
      return {
        id,
        name,
        health: silence !== undefined && silence <= this.config.silentAfter ? 'healthy' : 'silent',
        upSince: seen?.upSince ?? null,
        lastSeenAt: seen?.lastSeenAt ?? null,
        epoch: seen?.epoch ?? null,
        usage: this.usageViews(seen && usageOf(seen, now)),
      };
    });
  }

  private usageViews(usage: Usage | undefined): UsageView[] | null {
    if (!usage) return null;
    return this.register
      .current()
      .regions.filter(({ state }) => state === 'admitted')
      .map(({ id, dailyQuota }) => ({ region: id, elements: nationalCount(usage.get(id) ?? 0), dailyQuota }));
  }

  /** What somebody should look into: what the relay recorded, and what follows from the state of regions and key holders. */
  async alarms(): Promise<AlarmView[]> {
    const [recorded, regions, keyHolders] = await Promise.all([
      this.alarmBook.recorded(),
      this.regions(),
      this.keyHolders(),
    ]);
    const derived: AlarmView[] = regions
      .flatMap((region) => alarmsOf(region))
      .map((alarm) => (OF_PERSONS.has(alarm.kind) ? { ...alarm, count: nationalCount(alarm.count) } : alarm));
    for (const holder of keyHolders)
      if (holder.health === 'silent')
        derived.push({ kind: 'key-holder-silent', party: holder.id, since: holder.lastSeenAt, count: 1 });
    const alarms = new Map<string, AlarmView>();
    // of the same kind at the same party, what the relay saw itself counts
    for (const { kind, party, since, count } of [...derived, ...recorded])
      alarms.set(`${kind} ${party}`, { kind, party, since, count });
    return [...alarms.values()];
  }

  /** National totals. */
  async figures(): Promise<Figures> {
    const register = this.register.current();
    const [[totals], keyHolders] = await Promise.all([
      this.dataSource.query<[{ tags: number; matches: number }]>(
        `select (select count(*) from tag)::int as tags, (select count(*) from match)::int as matches`,
      ),
      this.keyHolders(),
    ]);
    return {
      asOf: this.clock.now(),
      softwareVersion: this.version,
      registerVersion: register.version,
      epoch: register.epoch,
      regions: this.register.admitted().length,
      keyHolders: keyHolders.length,
      keyHoldersUp: keyHolders.filter(({ health }) => health === 'healthy').length,
      threshold: register.threshold,
      tags: nationalCount(totals.tags),
      matches: nationalCount(totals.matches),
    };
  }

  /** Copies the present state into the figures for Prometheus. */
  @Interval(10 * SECOND)
  async measure(): Promise<void> {
    if (!this.register.isOpen()) return;
    try {
      for (const region of await this.regions()) {
        metrics.tags.set({ region: region.id }, region.tags);
        metrics.queued.set({ region: region.id }, region.queuedForRegion);
      }
      metrics.alarms.reset();
      for (const { kind } of await this.alarms()) metrics.alarms.inc({ kind });
    } catch (error) {
      this.logger.warning('status-not-measured', { kind: errorKind(error) });
    }
  }

  /** Deletes what was noted of rejected messages long ago. */
  @Cron(CronExpression.EVERY_DAY_AT_3AM, { timeZone: AMSTERDAM })
  async forgetRejections(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_REJECTIONS);
    await this.dataSource.manager.delete(RejectedMessages, { hour: LessThan(before) });
  }
}

interface CountsRow {
  region: string;
  tags: number;
  matches: number;
  queued: number;
  oldest_seconds: number;
  rejected: RejectedView[];
}

const COUNTS = `
  select region,
    (select count(*) from tag t where t.region = r.region)::int as tags,
    (select count(*) from match m where m.region_a = r.region or m.region_b = r.region)::int as matches,
    (select count(*) from outbox_message o where o.peer = r.region)::int as queued,
    (select greatest(0, coalesce(extract(epoch from $2::timestamptz - min(created_at)), 0))
       from outbox_message o where o.peer = r.region)::int as oldest_seconds,
    (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by reason), '[]') from (
       select reason, sum(count)::int as count from rejected_message j
       where j.peer = r.region and j.hour > $3::timestamptz - interval '1 hour' group by reason) as by_reason) as rejected
  from unnest($1::text[]) as r(region)`;

const secondsSince = (moment: Date | undefined, now: Date): number | undefined =>
  moment && (now.getTime() - moment.getTime()) / SECOND;

type Usage = Map<string, number>;

/** What a key holder evaluated today for each region; undefined when it has not told. */
function usageOf({ usage, usageAt }: KeyHolderStatus, now: Date): Usage | undefined {
  if (!usage || !usageAt || dayInAmsterdam(usageAt) !== dayInAmsterdam(now)) return undefined;
  return new Map(usage.map(({ region, elements }) => [region, elements]));
}

function mostOf(counts: (number | undefined)[]): number | null {
  const told = counts.filter((count) => count !== undefined);
  return told.length === 0 ? null : Math.max(...told);
}
