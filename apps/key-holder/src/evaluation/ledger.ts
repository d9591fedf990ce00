import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource, type EntityManager } from 'typeorm';
import { dayInAmsterdam } from '#libs/calendar';
import { Clock, DAY, HOUR } from '#libs/clock';
import { errorKind, ProgramLogger } from '#libs/observability';
import { Refused } from './refused.js';

/** What is booked: the exact bytes of a request, and how many elements it has. */
export interface Booking {
  region: string;
  requestId: string;
  payload: Uint8Array;
  elements: number;
  /** How many elements the region may have evaluated in a day. */
  dailyQuota: number;
}

const REPEATS_KEPT = 8 * DAY;
/** More is no retry: it would be a way round the quota to keep a key holder at work. */
const MOST_REPEATS = 10;

/**
 * Counts what each region has evaluated in a day in Amsterdam, in the database, so that neither a restart nor a second instance
 * forgets anything. Two requests at the edge of a quota meet at the row of the region's day, which lets one of them through.
 */
@Injectable()
export class Ledger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {}

  /**
   * Books a request and runs `work` for it: both stay, or neither does. A repeat of the same bytes is not counted again, ten times.
   * @throws Refused `request-reused` or `quota-exceeded`, and what `work` throws
   */
  async booked<Outcome>(
    booking: Booking,
    work: () => Outcome,
  ): Promise<{ outcome: Outcome; quotaLeft: number }> {
    const day = dayInAmsterdam(this.clock.now());
    return this.dataSource.transaction(async (manager) => {
      const used = (await this.isNew(manager, booking, day))
        ? await this.add(manager, booking, day)
        : await this.used(manager, booking.region, day);
      return { outcome: work(), quotaLeft: Math.max(0, booking.dailyQuota - used) };
    });
  }

  /** What every region had evaluated on the day of `moment`. */
  usageOn(moment: Date): Promise<{ region: string; elements: number }[]> {
    return this.dataSource.query(
      'select region, elements from evaluation_day where day = $1 order by region limit 500',
      [dayInAmsterdam(moment)],
    );
  }

  /** Forgets requests that nobody repeats any more. */
  @Interval(HOUR)
  async forgetOldRequests(): Promise<void> {
    try {
      const last = dayInAmsterdam(new Date(this.clock.now().getTime() - REPEATS_KEPT));
      await this.dataSource.query('delete from evaluation_request where day < $1', [last]);
    } catch (error) {
      this.logger.warning('old-requests-kept', { error: errorKind(error) });
    }
  }

  private async isNew(
    manager: EntityManager,
    { region, requestId, payload }: Booking,
    day: string,
  ): Promise<boolean> {
    const hash = createHash('sha256').update(payload).digest();
    const inserted = await manager.query<unknown[]>(
      `insert into evaluation_request (region, request_id, content_hash, day) values ($1, $2, $3, $4)
       on conflict do nothing returning day`,
      [region, requestId, hash, day],
    );
    if (inserted.length === 1) return true;
    const [[before]] = await manager.query<[{ content_hash: Buffer; repeats: number }[], number]>(
      `update evaluation_request set repeats = repeats + 1 where region = $1 and request_id = $2
       returning content_hash, repeats`,
      [region, requestId],
    );
    if (!before?.content_hash.equals(hash) || before.repeats > MOST_REPEATS)
      throw new Refused('request-reused');
    return false;
  }

  private async add(
    manager: EntityManager,
    { region, elements, dailyQuota }: Booking,
    day: string,
  ): Promise<number> {
    const [counted] = await manager.query<{ elements: number }[]>(
      `insert into evaluation_day as today (region, day, elements)
       select $1, $2::date, $3::integer where $3::integer <= $4::integer
       on conflict (region, day) do update set elements = today.elements + excluded.elements
       where today.elements + excluded.elements <= $4::integer
       returning elements`,
      [region, day, elements, dailyQuota],
    );
    if (!counted) throw new Refused('quota-exceeded');
    return counted.elements;
  }

  private async used(manager: EntityManager, region: string, day: string): Promise<number> {
    const [today] = await manager.query<{ elements: number }[]>(
      'select elements from evaluation_day where region = $1 and day = $2',
      [region, day],
    );
    return today?.elements ?? 0;
  }
}
