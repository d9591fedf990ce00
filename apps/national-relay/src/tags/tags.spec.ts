import 'reflect-metadata';
import { createHash, randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { TestFederation } from '../../test/test-federation.js';
import { newHandle, newTag, type TestRegion } from '../../test/test-region.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';
import { TagsConsumer } from './tags.consumer.js';

describe('matching between regions', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let noord: TestRegion;
  let zuid: TestRegion;
  let oost: TestRegion;

  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid', 'oost');
    relay = await TestRelay.start(federation);
    [noord, zuid, oost] = await Promise.all([
      federation.region('noord'),
      federation.region('zuid'),
      federation.region('oost'),
    ]);
    await Promise.all([noord, zuid, oost].map((region) => region.listen()));
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const noticeOf = (region: TestRegion, handle: string) =>
    until(() => region.bodies('match.found').find((notice) => notice.handle === handle));
  const noticesOf = (region: TestRegion, handle: string) =>
    region.bodies('match.found').filter((notice) => notice.handle === handle);

  it('tells both sides of equal tags, and has the newer side send first', async () => {
    const tag = newTag();
    const first = await noord.put(tag);
    await noord.settled();
    const second = await zuid.put(tag);
    const [toNoord, toZuid] = [await noticeOf(noord, first), await noticeOf(zuid, second)];
    expect(toNoord).toMatchObject({ peerRegion: 'zuid', epoch: 1, sendFirst: false });
    expect(toZuid).toMatchObject({ peerRegion: 'noord', epoch: 1, sendFirst: true });
    expect(toNoord.matchId).toBe(toZuid.matchId);
  });

  it('finds every pair among three regions', async () => {
    const tag = newTag();
    const [a, b, c] = [await noord.put(tag), await zuid.put(tag), await oost.put(tag)];
    await until(
      () => noticesOf(noord, a).length + noticesOf(zuid, b).length + noticesOf(oost, c).length === 6,
    );
    const pairs = [...noticesOf(noord, a), ...noticesOf(zuid, b), ...noticesOf(oost, c)];
    expect(new Set(pairs.map(({ matchId }) => matchId)).size).toBe(3);
    expect(pairs.filter(({ sendFirst }) => sendFirst)).toHaveLength(3);
  });

  it('finds no match for another tag, for another epoch, or within one region', async () => {
    const tag = newTag();
    const before = await relay.count('match');
    await noord.put(newTag());
    await noord.put(tag);
    await noord.put(tag);
    await zuid.put(newTag());
    await zuid.put(tag, newHandle(), 2);
    await Promise.all([noord.settled(), zuid.settled()]);
    expect(await relay.count('match')).toBe(before);
  });

  it('never misses two regions that put the same tag at the same moment', async () => {
    const races = 50;
    const put: { noord: string; zuid: string }[] = [];
    for (let race = 0; race < races; race++) {
      const tag = newTag();
      const [a, b] = await Promise.all([
        delayed(randomInt(4), () => noord.put(tag)),
        delayed(randomInt(4), () => zuid.put(tag)),
      ]);
      put.push({ noord: a, zuid: b });
    }
    for (const handles of put) {
      const [toNoord, toZuid] = [await noticeOf(noord, handles.noord), await noticeOf(zuid, handles.zuid)];
      expect(toNoord.matchId).toBe(toZuid.matchId);
      expect(toNoord.sendFirst).toBe(!toZuid.sendFirst);
    }
  });

  it('never misses tags in two big batches that are applied crosswise at the same moment', async () => {
    const tags = Array.from({ length: 300 }, () => newTag());
    const before = await relay.count('match');
    await Promise.all([
      Promise.all(tags.map((tag) => noord.put(tag))),
      Promise.all([...tags].reverse().map((tag) => zuid.put(tag))),
    ]);
    await Promise.all([noord.settled(), zuid.settled()]);
    expect(await relay.count('match')).toBe(before + tags.length);
  });

  it('has one of two batches that change the same tags crosswise wait for the other', async () => {
    const [one, other] = [newTag(), newTag()];
    const versions = [{ incarnation: 1, n: 1 }];
    /** Puts two tags one after the other in one transaction, as when something else stands between them. */
    const apply = (region: string, tags: readonly string[]) =>
      relay.app.get(DataSource).transaction(async (manager) => {
        const bodies = tags.map((tag) => ({ handle: newHandle(), epoch: 1, tag }));
        const batch = bodies.map((body) => ({ type: 'tag.put' as const, body }));
        for (const body of bodies) {
          const context = { manager, peer: region, batch, versions, afterCommit: () => undefined };
          await relay.app.get(TagsConsumer).put([body], context);
          await pause(100);
        }
      });
    await Promise.all([apply('noord', [one, other]), apply('zuid', [other, one])]);
  });

  it('ends a match when a handle is deleted, tells the other side, and finds a next one', async () => {
    const tag = newTag();
    const [a, b] = [await noord.put(tag), await zuid.put(tag)];
    const { matchId } = await noticeOf(noord, a);
    await noticeOf(zuid, b);
    await zuid.send('tag.delete', { handle: b });
    await until(() => noord.bodies('match.closed').find((closed) => closed.matchId === matchId));
    expect(zuid.bodies('match.closed').some((closed) => closed.matchId === matchId)).toBe(false);
    const again = await zuid.put(tag);
    const next = await noticeOf(zuid, again);
    expect(next).toMatchObject({ peerRegion: 'noord', sendFirst: true });
    expect(next.matchId).not.toBe(matchId);
    await until(() => noticesOf(noord, a).length === 2);
  });

  it('leaves nothing of a tag that was put and deleted in one go', async () => {
    const tag = newTag();
    const [other, handle] = [newHandle(), newHandle()];
    await zuid.put(tag, other);
    await zuid.settled();
    await Promise.all([noord.put(tag, handle), noord.send('tag.delete', { handle })]);
    await noord.settled();
    const { matchId } = await noticeOf(zuid, other);
    await until(() => zuid.bodies('match.closed').find((closed) => closed.matchId === matchId));
    const rows = await relay.query(`select from tag where handle = $1`, [Buffer.from(handle, 'base64url')]);
    expect(rows).toHaveLength(0);
  });

  it('applies each message once and in order, however they arrive', async () => {
    const [tag, other] = [newTag(), newTag()];
    const handles = [newHandle(), newHandle(), newHandle()];
    const before = await relay.count('tag');
    const messages = [
      noord.sealed('tag.put', { epoch: 1, handle: handles[0]!, tag }),
      noord.sealed('tag.put', { epoch: 1, handle: handles[1]!, tag: other }),
      noord.sealed('tag.delete', { handle: handles[0]! }),
      noord.sealed('tag.put', { epoch: 1, handle: handles[2]!, tag }),
    ];
    for (const at of [3, 0, 2, 1, 0, 3, 2, 1, 2, 3, 3, 0]) await noord.publish('x', messages[at]!);
    await noord.settled();
    expect(await relay.count('tag')).toBe(before + 2);
    const rows = await relay.query<{ handle: Buffer }>(
      `select handle from tag where handle = any($1::bytea[])`,
      [handles.map((handle) => Buffer.from(handle, 'base64url'))],
    );
    expect(rows.map(({ handle }) => handle.toString('base64url')).sort()).toEqual(
      [handles[1], handles[2]].sort(),
    );
  });

  it('keeps the first tag that came under a handle, and tells both sides of its matches again when it is put again', async () => {
    const [tag, other] = [newTag(), newTag()];
    const [mine, theirs] = [await oost.put(tag), await zuid.put(tag)];
    await noticeOf(zuid, theirs);
    await oost.put(other, mine);
    await oost.settled();
    await oost.put(tag, mine);
    await until(() => noticesOf(oost, mine).length === 3);
    expect(new Set(noticesOf(oost, mine).map((notice) => JSON.stringify(notice))).size).toBe(1);
    // the other side as well, so that it says its card again
    await until(() => noticesOf(zuid, theirs).length === 3);
    const reader = await noord.put(other);
    await noord.settled();
    expect(noticesOf(noord, reader)).toHaveLength(0);
  });

  it('takes the digest of exactly the handles that are there, and has everything said again on another', async () => {
    const digestOf = (handles: string[]) => ({
      tags: handles.length,
      digest: createHash('sha256')
        .update(
          Buffer.concat(
            handles.map((handle) => Buffer.from(handle, 'base64url')).sort((a, b) => Buffer.compare(a, b)),
          ),
        )
        .digest('base64url'),
    });
    const rows = await relay.query<{ handle: Buffer }>(`select handle from tag where region = 'oost'`);
    const handles = rows.map(({ handle }) => handle.toString('base64url'));
    await oost.send('tags.digest', digestOf([...handles, await oost.put(newTag())]));
    await oost.settled();
    await until(() => oost.position && oost.position.recovery === undefined);
    expect(await relay.query(`select from alarm where kind = 'tags-differed'`)).toHaveLength(0);

    await oost.send('tags.digest', digestOf(handles));
    await until(() => oost.position?.recovery);
    expect(await relay.query(`select party, count from alarm where kind = 'tags-differed'`)).toEqual([
      { party: 'oost', count: 1 },
    ]);
    oost.beginAnew();
    const kept = await oost.put(newTag());
    await oost.send('tags.complete', { tags: 1 });
    await oost.settled();
    await until(() => oost.position?.recovery === undefined);
    expect(await relay.query(`select handle from tag where region = 'oost'`)).toEqual([
      { handle: Buffer.from(kept, 'base64url') },
    ]);
  });

  it('stores and logs neither tag nor handle in the clear', async () => {
    const tag = newTag();
    const handle = await noord.put(tag);
    await noord.settled();
    const [row] = await relay.query<{ peppered_tag: Buffer }>(
      `select peppered_tag from tag where handle = $1`,
      [Buffer.from(handle, 'base64url')],
    );
    expect(row!.peppered_tag).toHaveLength(32);
    expect(row!.peppered_tag.toString('base64url')).not.toBe(tag);
    expect(relay.lines('tag-put').at(-1)).toMatchObject({ region: 'noord', count: 1 });
    const log = JSON.stringify(relay.lines());
    for (const secret of [tag, handle]) expect(log).not.toContain(secret);
  });
});

const delayed = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return work();
};
