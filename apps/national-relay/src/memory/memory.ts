import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { AMSTERDAM } from '#libs/calendar';
import { Clock, DAY } from '#libs/clock';
import { LinkRestarts, Outbox } from '#libs/messaging';
import { MAX_LISTED, type Recall } from '#libs/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { Matches } from '../matches/index.js';

/** Longer than any signal lives (24 months, Jeugdwet 7.1.4.5): a backup in which one lives that ended earlier is of no use. */
const KEEP = 760 * DAY;

/** What the relay remembers for regions that lose their memory: that signals ended, and which handles are present. */
@Injectable()
export class Memory {
  constructor(
    private readonly dataSource: DataSource,
    private readonly matches: Matches,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    links: LinkRestarts,
  ) {
    links.onRestart((manager, region) => this.sayAgain(manager, region));
  }

  async note(manager: EntityManager, region: string, tokens: readonly string[]): Promise<void> {
    await manager.query(
      `insert into erasure (region, token, at) select $1, token, $2 from unnest($3::bytea[]) as t(token)
       on conflict do nothing`,
      [region, this.clock.now(), tokens.map((token) => Buffer.from(token, 'base64url'))],
    );
  }

  @Cron(CronExpression.EVERY_DAY_AT_4AM, { timeZone: AMSTERDAM })
  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP);
    await this.dataSource.query(`delete from erasure where at < $1`, [before]);
  }

  /**
   * First of all what the region had erased. Its matches are forgotten, and found again when it has put its tags again: then both sides
   * are told, also those that do not agree with the relay at the moment. What waits of them already is not told: a match that ends
   * while it is forgotten would be told and never taken back.
   */
  private async sayAgain(manager: EntityManager, region: string): Promise<void> {
    const [link] = await manager.query<[{ recovery_served: string }]>(
      `select recovery_served from link where peer = $1`,
      [region],
    );
    const list = async (sql: string) =>
      (await manager.query<{ name: Buffer }[]>(sql, [region])).map(({ name }) => name.toString('base64url'));
    // in the order of random names, which tells nothing of when they came
    const erased = await list(`select token as name from erasure where region = $1 order by token`);
    // what a region archived since its backup was made is lost with it, and counts as no lost signal
    const handles = await list(
      `select handle as name from tag where region = $1 and not archived order by handle`,
    );
    const count = Math.max(erased.length, handles.length);
    for (let at = 0; at === 0 || at < count; at += MAX_LISTED) {
      const end = at + MAX_LISTED;
      const recall: Recall = {
        erased: erased.slice(at, end),
        handles: handles.slice(at, end),
        last: end >= count,
        recovery: link.recovery_served,
      };
      // before all that waits already
      await this.outbox.enqueueInPlace(manager, region, 'recall', () => Promise.resolve(recall));
    }
    await this.outbox.retractAll(manager, region, ['match.found']);
    await this.matches.forget(manager, region);
  }
}
