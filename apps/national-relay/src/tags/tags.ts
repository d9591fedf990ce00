import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock, SECOND } from '#libs/clock';
import { Outbox, OutboxSender, type MessageContext } from '#libs/messaging';
import { errorKind, ProgramLogger } from '#libs/observability';
import type { TagDelete, TagPut, TagsDigest, Version } from '#libs/protocol';
import { DataSource, type EntityManager } from 'typeorm';
import { ArchiveQuestions } from '../archive/index.js';
import { Matches, type Pair } from '../matches/index.js';
import { Pepper } from '../pepper/index.js';
import { Register } from '../register/index.js';

/** First half of the advisory locks of this app that guard tags; the second half is the first byte of the stored tag. */
const TAG_LOCK = 7_141;
const ALL_PREFIXES = Array.from({ length: 256 }, (_, prefix) => prefix);

/**
 * The equality join: which handles of different regions carry the same tag.
 *
 * Can two regions that put the same tag at the same moment miss each other? No: whoever changes tags first takes a lock on their
 * first byte, and looks for partners only then. The second sees what the first committed. Deleting takes the same lock, so that a
 * match cannot be found with a handle that is just going.
 *
 * Can these locks stand in each other's way? They are taken in rising order, for a whole batch before its first message is applied (`hold`).
 *
 * Which tags count? Those of regions that take part and agree with this program where both stand, of their present incarnation: after a
 * restored backup, on either side, nothing is found with a tag that was deleted since. A region is matched with all others when it agrees.
 *
 * Does a tag of an archive match? Never, whatever it equals: it waits to be asked about (`archive/`).
 *
 * What if a put comes twice? It changes nothing, but its region is told its matches again.
 */
@Injectable()
export class Tags {
  private behind = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly register: Register,
    private readonly pepper: Pepper,
    private readonly matches: Matches,
    private readonly archive: ArchiveQuestions,
    private readonly outbox: Outbox,
    private readonly sender: OutboxSender,
    private readonly clock: Clock,
    private readonly logger: ProgramLogger,
  ) {
    sender.agreements.onAgreed((region) => this.join(region));
  }

  /** Holds all that a batch will put or delete, at once: one call after the other would hold crosswise to another batch. */
  async hold(manager: EntityManager, region: string, batch: MessageContext['batch']): Promise<void> {
    if (batch.some(({ type }) => type === 'tags.complete')) return lockPrefixes(manager, ALL_PREFIXES);
    const puts = batch.filter(({ type }) => type === 'tag.put').map(({ body }) => body as TagPut);
    const deletes = batch.filter(({ type }) => type === 'tag.delete').map(({ body }) => body as TagDelete);
    await lockPrefixes(manager, [
      ...puts.map(({ tag }) => this.pepper.tag(Buffer.from(tag, 'base64url'))[0]!),
      ...(await this.prefixesOf(manager, region, deletes)),
    ]);
  }

  /** Makes tags present. @returns the matches that are new */
  async put(
    manager: EntityManager,
    region: string,
    puts: readonly TagPut[],
    versions: readonly Version[],
  ): Promise<Pair[]> {
    // a handle is used once: the first tag that came under it stays
    const byHandle = new Map<string, { put: TagPut; version: Version; peppered: Buffer }>();
    for (const [at, put] of puts.entries()) {
      if (byHandle.has(put.handle)) continue;
      const peppered = this.pepper.tag(Buffer.from(put.tag, 'base64url'));
      byHandle.set(put.handle, { put, version: versions[at]!, peppered });
    }
    const rows = [...byHandle.values()];
    const handles = [...byHandle.keys()].map((handle) => Buffer.from(handle, 'base64url'));
    await lockPrefixes(
      manager,
      rows.map(({ peppered }) => peppered[0]!),
    );
    const known = await manager.query<{ handle: Buffer }[]>(
      `select handle from tag where region = $1 and handle = any($2::bytea[])`,
      [region, handles],
    );
    await manager.query(
      `insert into tag (region, handle, peppered_tag, epoch, archived, incarnation, n, put_at)
       select $1, handle, peppered_tag, epoch, archived, incarnation, n, $2
       from unnest($3::bytea[], $4::bytea[], $5::int[], $6::int[], $7::bigint[], $8::boolean[]) with ordinality
         as m(handle, peppered_tag, epoch, incarnation, n, archived, place) order by place
       on conflict (region, handle) do update set incarnation = excluded.incarnation, n = excluded.n
         where tag.peppered_tag = excluded.peppered_tag and tag.epoch = excluded.epoch and tag.archived = excluded.archived`,
      [
        region,
        this.clock.now(),
        handles,
        rows.map(({ peppered }) => peppered),
        rows.map(({ put }) => put.epoch),
        rows.map(({ version }) => version.incarnation),
        rows.map(({ version }) => version.n),
        rows.map(({ put }) => put.archived ?? false),
      ],
    );
    const again = new Set(known.map(({ handle }) => handle.toString('base64url')));
    const pairs = await this.pairsOf(manager, region, handles);
    return this.matches.record(manager, pairs, ({ handle }) => again.has(handle.toString('base64url')));
  }

  /** Makes handles absent, with the matches that they were in. @returns how many matches ended */
  async remove(manager: EntityManager, region: string, deletes: readonly TagDelete[]): Promise<number> {
    const handles = deletes.map(({ handle }) => Buffer.from(handle, 'base64url'));
    await lockPrefixes(manager, await this.prefixesOf(manager, region, deletes));
    await manager.query(`delete from tag where region = $1 and handle = any($2::bytea[])`, [region, handles]);
    await this.archive.forget(manager, region, handles);
    return this.matches.close(manager, region, handles);
  }

  private async prefixesOf(
    manager: EntityManager,
    region: string,
    deletes: readonly TagDelete[],
  ): Promise<number[]> {
    const rows = await manager.query<{ prefix: number }[]>(
      `select get_byte(peppered_tag, 0) as prefix from tag where region = $1 and handle = any($2::bytea[])`,
      [region, deletes.map(({ handle }) => Buffer.from(handle, 'base64url'))],
    );
    return rows.map(({ prefix }) => prefix);
  }

  /**
   * Drops what a region put in earlier incarnations and not again in this one: it said that this is everything.
   * @returns how many handles were dropped
   */
  async dropBefore(manager: EntityManager, region: string, incarnation: number): Promise<number> {
    const rows = await manager.query<{ handle: Buffer }[]>(
      `select handle from tag where region = $1 and incarnation < $2`,
      [region, incarnation],
    );
    if (rows.length > 0)
      await this.remove(
        manager,
        region,
        rows.map(({ handle }) => ({ handle: handle.toString('base64url') })),
      );
    return rows.length;
  }

  /** A region is back, or has said everything again: finds the matches that were not looked for meanwhile. */
  async join(region: string): Promise<void> {
    const found = await this.dataSource.transaction(async (manager) => {
      // whoever put a tag before this region counted has let go of it by now
      await lockPrefixes(manager, ALL_PREFIXES);
      return this.matches.record(manager, await this.pairsOf(manager, region), () => false);
    });
    if (found.length > 0) this.logger.event('match-found', { count: found.length, because: 'agreement' });
  }

  /** Whether a region's handles are exactly those that it says. */
  async agree(manager: EntityManager, region: string, said: TagsDigest): Promise<boolean> {
    const [own] = await manager.query<[{ tags: string; digest: Buffer }]>(
      `select count(*) as tags, sha256(coalesce(string_agg(handle, ''::bytea order by handle), ''::bytea)) as digest
       from tag where region = $1`,
      [region],
    );
    return Number(own.tags) === said.tags && own.digest.toString('base64url') === said.digest;
  }

  /**
   * Brings tags and matches in line with the register: a removed region leaves nothing behind, and a region that takes part
   * (again) is matched with all others. Harmless when repeated; done at every start, so that a change cannot be missed.
   */
  async followRegister(): Promise<void> {
    this.behind = false;
    const staying = this.register
      .current()
      .regions.filter(({ state }) => state !== 'removed')
      .map(({ id }) => id);
    const found = await this.dataSource.transaction(async (manager) => {
      await this.outbox.forgetPeersExcept(manager, staying);
      await lockPrefixes(manager, ALL_PREFIXES);
      await this.forgetTagsExcept(manager, staying);
      const found: Pair[] = [];
      for (const region of this.register.admitted())
        found.push(...(await this.matches.record(manager, await this.pairsOf(manager, region), () => false)));
      return found;
    });
    if (found.length > 0) this.logger.event('match-found', { count: found.length, because: 'register' });
  }

  /** Another register is in force: follow it, and try again until that succeeds. */
  registerChanged(): void {
    this.behind = true;
    void this.catchUp();
  }

  @Interval(10 * SECOND)
  async catchUp(): Promise<void> {
    if (!this.behind) return;
    try {
      await this.followRegister();
    } catch (error) {
      this.behind = true;
      this.logger.warning('register-not-followed', { kind: errorKind(error) });
    }
  }

  private async forgetTagsExcept(manager: EntityManager, staying: readonly string[]): Promise<void> {
    const rows = await manager.query<{ region: string; handles: Buffer[] }[]>(
      `select region, array_agg(handle) as handles from tag where region <> all($1::text[]) group by region`,
      [staying],
    );
    for (const { region, handles } of rows) {
      await this.matches.close(manager, region, handles);
      await this.archive.forget(manager, region, handles);
      await manager.query(`delete from tag where region = $1`, [region]);
      this.logger.event('region-forgotten', { region, count: handles.length });
    }
  }

  /** Regions that take part and agree with this program. */
  private counted(): string[] {
    return this.register.admitted().filter((region) => this.sender.agreements.has(region));
  }

  /** Pairs of the region's tags (all, or those under `handles`) with equal tags of other regions that take part. */
  private async pairsOf(
    manager: EntityManager,
    region: string,
    handles?: readonly Buffer[],
  ): Promise<Pair[]> {
    const rows = await manager.query<PairRow[]>(
      `select own.handle, own.arrival, own.epoch,
         other.region as other_region, other.handle as other_handle, other.arrival as other_arrival
       from tag own join tag other
         on other.peppered_tag = own.peppered_tag and other.epoch = own.epoch and other.region <> own.region
       join link own_link on own_link.peer = own.region and own_link.in_incarnation = own.incarnation
       join link other_link on other_link.peer = other.region and other_link.in_incarnation = other.incarnation
       where own.region = $1 and own.region = any($2::text[]) and other.region = any($2::text[])
         and not own.archived and not other.archived
         and own_link.recovery is null and other_link.recovery is null
         and ($3::bytea[] is null or own.handle = any($3))
       order by own.arrival, other.arrival`,
      [region, this.counted(), handles ?? null],
    );
    return rows.map((row) => ({
      own: { region, handle: row.handle, arrival: Number(row.arrival) },
      other: { region: row.other_region, handle: row.other_handle, arrival: Number(row.other_arrival) },
      epoch: row.epoch,
    }));
  }
}

interface PairRow {
  handle: Buffer;
  arrival: string;
  epoch: number;
  other_region: string;
  other_handle: Buffer;
  other_arrival: string;
}

/** Waits until nobody else changes tags that begin with one of these bytes; until the transaction ends, nobody will. */
async function lockPrefixes(manager: EntityManager, prefixes: readonly number[]): Promise<void> {
  const rising = [...new Set(prefixes)].sort((a, b) => a - b);
  await manager.query(`select pg_advisory_xact_lock($1, prefix) from unnest($2::int[]) as prefix`, [
    TAG_LOCK,
    rising,
  ]);
}
