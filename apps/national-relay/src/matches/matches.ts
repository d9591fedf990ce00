import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock';
import { Outbox, type Outgoing } from '#libs/messaging';
import type { EntityManager } from 'typeorm';
import { Pepper, type HandleOf } from '../pepper/index.js';

/** One side of a match, with the place of its tag in the order of arrival. */
export interface Side extends HandleOf {
  arrival: number;
}

/** Two handles that carry the same tag: `own` is the side that was looked from. */
export interface Pair {
  own: Side;
  other: Side;
  epoch: number;
}

/** Records matches and tells their two sides. */
@Injectable()
export class Matches {
  constructor(
    private readonly pepper: Pepper,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Records pairs as matches, and tells both sides of those that are new, and of those that were known where `again` says so: a region
   * that puts a handle again may have lost what it was told, and has to hear the other side's card again.
   * @returns the pairs that are new
   */
  async record(
    manager: EntityManager,
    pairs: readonly Pair[],
    again: (own: Side) => boolean,
  ): Promise<Pair[]> {
    if (pairs.length === 0) return [];
    const rows = pairs.map((pair) => {
      const [a, b] = pair.own.region < pair.other.region ? [pair.own, pair.other] : [pair.other, pair.own];
      return { pair, a, b, matchId: this.pepper.matchId(a, b) };
    });
    const inserted = await manager.query<{ match_id: Buffer }[]>(
      `insert into match (match_id, region_a, handle_a, region_b, handle_b, epoch, found_at)
       select m.*, $7 from unnest($1::bytea[], $2::text[], $3::bytea[], $4::text[], $5::bytea[], $6::int[]) as m
       on conflict do nothing returning match_id`,
      [
        rows.map(({ matchId }) => matchId),
        rows.map(({ a }) => a.region),
        rows.map(({ a }) => a.handle),
        rows.map(({ b }) => b.region),
        rows.map(({ b }) => b.handle),
        rows.map(({ pair }) => pair.epoch),
        this.clock.now(),
      ],
    );
    const fresh = new Set(inserted.map((row) => row.match_id.toString('base64url')));
    const found: Pair[] = [];
    const notices: Outgoing<'match.found'>[] = [];
    for (const { pair, matchId } of rows) {
      const id = matchId.toString('base64url');
      const { own, other, epoch } = pair;
      const isNew = fresh.delete(id);
      if (isNew) found.push(pair);
      if (isNew || again(own)) notices.push(noticeTo(own, other, id, epoch), noticeTo(other, own, id, epoch));
    }
    await this.outbox.enqueueAll(manager, notices);
    return found;
  }

  /** Forgets the matches of handles that are gone, and tells the other sides. @returns how many there were */
  async close(manager: EntityManager, region: string, handles: readonly Buffer[]): Promise<number> {
    const [rows] = await manager.query<[{ match_id: Buffer; region_a: string; region_b: string }[], number]>(
      `delete from match where (region_a = $1 and handle_a = any($2::bytea[])) or (region_b = $1 and handle_b = any($2::bytea[]))
       returning match_id, region_a, region_b`,
      [region, handles],
    );
    const notices = rows.map((row): Outgoing<'match.closed'> => ({
      peer: row.region_a === region ? row.region_b : row.region_a,
      type: 'match.closed',
      body: { matchId: row.match_id.toString('base64url') },
    }));
    await this.outbox.enqueueAll(manager, notices);
    return rows.length;
  }

  /** Forgets the matches of a region, without a word: they are found again, and told anew. */
  async forget(manager: EntityManager, region: string): Promise<void> {
    await manager.query(`delete from match where region_a = $1 or region_b = $1`, [region]);
  }

  /** The two regions of each match, by match id in base64url; matches that do not exist are left out. */
  async sidesOf(manager: EntityManager, matchIds: readonly string[]): Promise<Map<string, [string, string]>> {
    const rows = await manager.query<{ match_id: Buffer; region_a: string; region_b: string }[]>(
      `select match_id, region_a, region_b from match where match_id = any($1::bytea[])`,
      [matchIds.map((id) => Buffer.from(id, 'base64url'))],
    );
    return new Map(rows.map((row) => [row.match_id.toString('base64url'), [row.region_a, row.region_b]]));
  }
}

const noticeTo = (to: Side, from: Side, matchId: string, epoch: number): Outgoing<'match.found'> => ({
  peer: to.region,
  type: 'match.found',
  body: {
    matchId,
    handle: to.handle.toString('base64url'),
    peerRegion: from.region,
    epoch,
    sendFirst: to.arrival > from.arrival,
  },
  // a region that puts its tags again and again does not pile up notices for itself
  options: { coalesceKey: `found:${matchId}` },
});
