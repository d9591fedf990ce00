import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock, MINUTE, SECOND } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { DataSource, type QueryRunner } from 'typeorm';
import { RegionalNodeConfig } from '../config.js';
import { metrics } from './metrics.js';
import { nextRun } from './next-run.js';
import { SCHEDULED_WORK, type Work, type WorkDescription } from './scheduled-work.js';
import { ScheduledWorkState } from './scheduled-work.entity.js';

interface KnownWork extends WorkDescription {
  /** There only when everything has been made. */
  work: () => Work;
}

const LONGEST_PAUSE = 60 * MINUTE;

/**
 * Does the scheduled work that is due. Whoever of several instances has the advisory lock of a work on its own session does it; when it
 * is killed the session ends, and with it the lock, and another one begins anew. A run that failed is tried again with growing pauses.
 * Due is decided by the node's clock, not by timers, so a node that slept catches up once.
 */
@Injectable()
export class WorkRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly known: KnownWork[];
  private stopped = false;
  private running?: Promise<void>;

  constructor(
    discovery: DiscoveryService,
    reflector: Reflector,
    private readonly scheduler: SchedulerRegistry,
    private readonly dataSource: DataSource,
    private readonly config: RegionalNodeConfig,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {
    this.known = discovery.getProviders().flatMap((provider) => {
      const { metatype } = provider;
      const description =
        metatype && reflector.get<WorkDescription | undefined>(SCHEDULED_WORK, metatype as () => void);
      return description ? [{ ...description, work: () => provider.instance as Work }] : [];
    });
  }

  /** All work that this node knows, in the order of its names. */
  get works(): WorkDescription[] {
    return [...this.known].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  onApplicationBootstrap(): void {
    const timer = setInterval(() => void this.look(), this.config.workLookSeconds * SECOND);
    this.scheduler.addInterval('work', timer);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  /** Does what is due, one after the other; a second call meanwhile waits for the same. */
  look(): Promise<void> {
    this.running ??= this.doAllDue().finally(() => (this.running = undefined));
    return this.running;
  }

  private async doAllDue(): Promise<void> {
    for (const known of this.known) {
      if (this.stopped) return;
      try {
        await this.doIfDue(known);
      } catch (error) {
        this.logger.warning('work-not-looked-at', { work: known.name, error: errorKind(error) });
      }
    }
  }

  private async doIfDue(known: KnownWork): Promise<void> {
    if (!(await this.isDue(known))) return;
    const session = this.dataSource.createQueryRunner();
    try {
      if (!(await lock(session, known.name))) return;
      // another instance may have done it in the meantime
      if (await this.isDue(known)) await this.do(known);
      await session.query('select pg_advisory_unlock_all()');
    } finally {
      await session.release();
    }
  }

  /** A next time that no schedule would give, because the clock went back, is brought nearer. */
  private async isDue({ name, schedule }: KnownWork): Promise<boolean> {
    const now = this.clock.now();
    const latest = nextRun(schedule, now);
    const { manager } = this.dataSource;
    const [row] = await manager.query<{ next_run_at: Date }[]>(
      `insert into scheduled_work (name, next_run_at) values ($1, $2)
       on conflict (name) do update set next_run_at = least(scheduled_work.next_run_at, $3)
       returning next_run_at`,
      [name, 'everySeconds' in schedule ? now : latest, latest],
    );
    return row!.next_run_at <= now;
  }

  private async do({ name, schedule, work }: KnownWork): Promise<void> {
    const rows = this.dataSource.getRepository(ScheduledWorkState);
    const startedAt = this.clock.now();
    await rows.update({ name }, { startedAt, finishedAt: null });
    const { failures } = await rows.findOneByOrFail({ name });
    try {
      const items = await work().run(() => this.stopped);
      if (this.stopped) return;
      const finishedAt = this.clock.now();
      const outcome = { outcome: 'done' as const, items, errorKind: null, failures: 0 };
      const times = { finishedAt, succeededAt: finishedAt, nextRunAt: nextRun(schedule, startedAt) };
      await rows.update({ name }, { ...times, ...outcome });
      metrics.succeeded.set({ work: name }, finishedAt.getTime() / SECOND);
      metrics.items.inc({ work: name }, items);
      if (items > 0) this.logger.event('work-done', { work: name, items });
    } catch (error) {
      const kind = errorKind(error);
      this.logger.warning('work-failed', { work: name, error: kind });
      metrics.failed.inc({ work: name });
      const finishedAt = this.clock.now();
      const pause = Math.min(MINUTE * 2 ** failures, LONGEST_PAUSE);
      const nextRunAt = new Date(finishedAt.getTime() + pause);
      const outcome = { outcome: 'failed' as const, items: null, errorKind: kind, failures: failures + 1 };
      await rows.update({ name }, { finishedAt, nextRunAt, ...outcome });
    }
  }
}

async function lock(session: QueryRunner, name: string): Promise<boolean> {
  const [row] = (await session.query(`select pg_try_advisory_lock(hashtextextended($1, 0)) as locked`, [
    `work/${name}`,
  ])) as { locked: boolean }[];
  return row!.locked;
}
