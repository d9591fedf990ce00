import { SettableClock } from '#libs/clock';
import { RELAY, type TagDelete } from '#libs/protocol';
import { TestBroker } from '../../../test/broker/test-broker.js';
import { REGION, TestParty, TestStreams, pause, randomHandle, until } from './messaging.fixture.js';
import { takeConfirmation } from './confirmation.js';
import type { EnqueueOptions } from './outbox.js';
import type { OutboxSender } from './outbox-sender.js';

const clock = new SettableClock(new Date('2026-01-01T00:00:00Z'));
let broker: TestBroker;
let region: TestParty;
let streams: TestStreams;

beforeAll(async () => {
  [broker, region] = await Promise.all([TestBroker.start(), TestParty.create(REGION, clock)]);
  streams = await TestStreams.open(broker.settings);
});
beforeEach(() => streams.make());
afterEach(async () => {
  await region.stop();
  await region.clear();
  await streams.remove();
});
afterAll(async () => {
  await streams.close();
  await region.drop();
  await broker.drop();
});

const queue = async (handle: string, options?: EnqueueOptions) =>
  region.outbox.enqueue(region.dataSource.manager, RELAY, 'tag.delete', { handle }, options);
const handles = async () => (await streams.up(region)).map(({ body }) => (body as TagDelete).handle);
const numbers = async () => (await streams.up(region)).map(({ seq }) => seq);
const unsent = async () => {
  const [{ count }] = await region.dataSource.query<[{ count: string }]>(
    'select count(*) from outbox_message where sent_at is null',
  );
  return Number(count);
};
const everything = async () => [await region.rows('outbox_message'), await region.rows('link')];
const confirm = (
  upTo: number,
  { incarnation = 1, peer = RELAY, resendFrom = undefined as number | undefined } = {},
) =>
  region.dataSource.transaction((manager) =>
    takeConfirmation(manager, peer, { incarnation, upTo, ...(resendFrom ? { resendFrom } : {}) }),
  );
async function start(): Promise<OutboxSender> {
  const hub = region.hub(broker.settings);
  await hub.get();
  const sender = region.agreeingSender(hub);
  sender.start();
  return sender;
}
/** Starts a sender and waits until it has nothing left to do. */
async function sendAll(): Promise<OutboxSender> {
  const sender = await start();
  await until(async () => (await unsent()) === 0);
  return sender;
}

describe('the outbox', () => {
  it('holds nothing of a transaction that was rolled back', async () => {
    const [kept, undone] = [randomHandle(), randomHandle()];
    await queue(kept);
    await region.dataSource
      .transaction(async (manager) => {
        await region.outbox.enqueue(manager, RELAY, 'tag.delete', { handle: undone });
        throw new Error('changed its mind');
      })
      .catch(() => undefined);
    await sendAll();
    expect(await handles()).toEqual([kept]);
  });

  it('sends nothing more when the program shuts down', async () => {
    const sender = await start();
    await queue(randomHandle());
    await until(async () => (await handles()).length === 1);
    await sender.beforeApplicationShutdown();
    await queue(randomHandle());
    await pause(1_000);
    expect(await handles()).toHaveLength(1);
  });

  it('gives numbers without a gap, in the order of commits, when a transaction that began first ends last', async () => {
    await start();
    const [slow, quick, between] = [randomHandle(), randomHandle(), randomHandle()];
    const runner = region.dataSource.createQueryRunner();
    await runner.startTransaction();
    await region.outbox.enqueue(runner.manager, RELAY, 'tag.delete', { handle: slow });
    await queue(quick);
    await until(async () => (await handles()).length === 1);
    await queue(between);
    await until(async () => (await handles()).length === 2);
    await runner.commitTransaction();
    await runner.release();
    await until(async () => (await handles()).length === 3);
    expect(await handles()).toEqual([quick, between, slow]);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('gives numbers without a gap to many transactions at once, of which some are rolled back, while two senders send', async () => {
    await Promise.all([start(), start()]);
    const kept: string[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, at) => {
        const own = [randomHandle(), randomHandle(), randomHandle()];
        const messages = own.map((handle) => ({
          peer: RELAY,
          type: 'tag.delete' as const,
          body: { handle },
        }));
        await region.dataSource
          .transaction(async (manager) => {
            await region.outbox.enqueueAll(manager, messages);
            await pause(at % 7);
            if (at % 5 === 0) throw new Error('rolled back');
            kept.push(...own);
          })
          .catch(() => undefined);
      }),
    );
    await until(async () => (await unsent()) === 0);
    const sent = await streams.up(region);
    expect(sent.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(kept.map((_, at) => at + 1));
    expect(sent.map(({ body }) => (body as TagDelete).handle).sort()).toEqual([...kept].sort());
  });

  it('replaces an unsent message by a newer one with the same key, and leaves a sent one as it is', async () => {
    const [first, second, third, other] = [randomHandle(), randomHandle(), randomHandle(), randomHandle()];
    await queue(first, { coalesceKey: 'card' });
    await queue(other, { coalesceKey: 'another card' });
    await queue(second, { coalesceKey: 'card' });
    await sendAll();
    await queue(third, { coalesceKey: 'card' });
    await until(async () => (await unsent()) === 0);
    expect(await handles()).toEqual([other, second, third]);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('waits neither to replace a message that somebody holds, nor to note that it was sent', async () => {
    const [held, newer, last] = [randomHandle(), randomHandle(), randomHandle()];
    await queue(held, { coalesceKey: 'card' });
    await region.dataSource.transaction(async (manager) => {
      await manager.query('select from outbox_message for update');
      await queue(newer, { coalesceKey: 'card' });
    });
    await sendAll();
    await region.stop();
    await region.dataSource.query('update outbox_message set sent_at = null');
    await region.dataSource.transaction(async (manager) => {
      await manager.query('select from outbox_message for update');
      await start();
      await until(async () => (await handles()).length === 4);
      await queue(last);
      // sooner than a statement that waits is broken off
      await until(async () => (await handles()).includes(last), 20);
    });
    expect((await handles()).slice(0, 4)).toEqual([held, newer, held, newer]);
  });

  it('takes back what was not sent yet, and says so; what was sent stays', async () => {
    const [taken, sent] = [randomHandle(), randomHandle()];
    const retract = () => region.outbox.retract(region.dataSource.manager, RELAY, 'card');
    await queue(taken, { coalesceKey: 'card' });
    expect(await retract()).toBe(true);
    await queue(sent, { coalesceKey: 'card' });
    await sendAll();
    expect(await retract()).toBe(false);
    expect(await handles()).toEqual([sent]);
    expect(await region.rows('outbox_message')).toHaveLength(1);
  });

  it('takes back what was not sent yet of one subject, and says how long something waits', async () => {
    const [first, second, other, sent] = [randomHandle(), randomHandle(), randomHandle(), randomHandle()];
    const { manager } = region.dataSource;
    const waits = (key: string) => region.outbox.waitsFor(manager, RELAY, key);
    await queue(sent, { coalesceKey: 'ask:a:0' });
    await sendAll();
    const delay = 60_000;
    await queue(first, { coalesceKey: 'ask:a:1', delay });
    await queue(second, { coalesceKey: 'ask:a:2', delay });
    await queue(other, { coalesceKey: 'ask:_:1', delay });
    expect([await waits('ask:a:1'), await waits('ask:a:0'), await waits('ask:a')]).toEqual([
      ...[delay, undefined, undefined],
    ]);
    await region.outbox.retractUnder(manager, RELAY, 'ask:_:');
    expect(await waits('ask:_:1')).toBeUndefined();
    expect(await waits('ask:a:1')).toBe(delay);
    await region.outbox.retractUnder(manager, RELAY, 'ask:a:');
    expect(await region.rows('outbox_message')).toHaveLength(1);
  });

  it('keeps a message until its time has come, and holds up nothing behind it', async () => {
    const [later, now] = [randomHandle(), randomHandle()];
    await queue(later, { delay: 60_000 });
    await queue(now);
    const sender = await start();
    await until(async () => (await handles()).length === 1);
    await until(async () => (await region.rows('link'))[0]?.last_success_at !== null);
    await confirm(1);
    clock.advance(59_000);
    sender.wake();
    await pause(700);
    expect(await handles()).toEqual([now]);
    clock.advance(1_000);
    await until(async () => (await handles()).length === 2);
    expect(await handles()).toEqual([now, later]);
  });

  it('counts what is on its way apart from what is to leave later', async () => {
    const backlog = () => region.outbox.backlog(region.dataSource.manager);
    expect(await backlog()).toEqual({ queued: 0, oldestSeconds: 0, held: 0 });
    await queue(randomHandle(), { delay: 60_000 });
    expect(await backlog()).toEqual({ queued: 0, oldestSeconds: 0, held: 1 });
    clock.advance(50_000);
    await queue(randomHandle());
    expect(await backlog()).toEqual({ queued: 1, oldestSeconds: 0, held: 1 });
    clock.advance(25_000);
    expect(await backlog()).toEqual({ queued: 2, oldestSeconds: 25, held: 0 });
    clock.advance(-6 * 3_600_000);
    expect(await backlog()).toMatchObject({ queued: 2, held: 0 });
  });

  it('holds up nothing that a clock wrote or sent while it was hours ahead', async () => {
    await start();
    const HOURS_AHEAD = 6 * 3_600_000;
    clock.advance(HOURS_AHEAD);
    await queue(randomHandle());
    await until(async () => (await unsent()) === 0);
    await queue(randomHandle(), { delay: 60_000 });
    clock.advance(-HOURS_AHEAD);
    // the first is sent once more, the second for the first time
    await until(async () => (await numbers()).length === 3);
    expect((await numbers()).sort()).toEqual([1, 1, 2]);
  });

  it('removes what is confirmed, up to the number and no further', async () => {
    for (let at = 0; at < 5; at++) await queue(randomHandle());
    await sendAll();
    expect(await confirm(3)).toBe(true);
    expect((await region.rows('outbox_message')).map(({ seq }) => seq)).toEqual(['4', '5']);
    expect(await confirm(2)).toBe(true);
    expect(await region.rows('link')).toMatchObject([{ out_confirmed: '3', out_next_seq: '6' }]);
  });

  it.each([
    ['another incarnation', { upTo: 2, incarnation: 2 }],
    ['a number never given out', { upTo: 3 }],
    ['somebody who was never written to', { upTo: 2, peer: 'jeugdmatch' }],
  ])('is not changed by a confirmation of %s', async (_what, { upTo, ...about }) => {
    for (let at = 0; at < 2; at++) await queue(randomHandle());
    await sendAll();
    await region.stop();
    const before = await everything();
    expect(await confirm(upTo, { ...about, resendFrom: 1 })).toBe(false);
    expect(await everything()).toEqual(before);
  });

  it('sends again what the receiver misses, under another broker id, so that the broker does not take it for a repeat', async () => {
    for (let at = 0; at < 4; at++) await queue(randomHandle());
    await sendAll();
    await confirm(1, { resendFrom: 3 });
    await until(async () => (await unsent()) === 0 && (await numbers()).length === 6);
    expect(await numbers()).toEqual([1, 2, 3, 4, 3, 4]);
    const ids = (await streams.up(region)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(6);
  });

  it('sends again what stays unconfirmed, with growing patience', async () => {
    await queue(randomHandle());
    const sender = await sendAll();
    const after = (seconds: number) => {
      clock.advance(seconds * 1_000);
      sender.wake();
    };
    const isSent = (times: number) =>
      until(async () => (await region.rows<{ attempts: number }>('outbox_message'))[0]?.attempts === times);
    const notYet = () => pause(700);
    await isSent(1);
    after(19);
    await notYet();
    expect(await numbers()).toHaveLength(1);
    after(1);
    await isSent(2);
    after(39);
    await notYet();
    expect(await numbers()).toHaveLength(2);
    after(1);
    await isSent(3);
    await confirm(1);
    after(3_600);
    await notYet();
    expect(await numbers()).toHaveLength(3);
  });

  it('is known to the broker when a sender that was killed before it could note what it sent sends again', async () => {
    for (let at = 0; at < 3; at++) await queue(randomHandle());
    await sendAll();
    await region.stop();
    await region.dataSource.query('update outbox_message set sent_at = null, attempts = 0');
    await sendAll();
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('shows since when a link fails and tries less and less often, and goes on at once when the broker is back', async () => {
    const sender = await sendAll();
    await broker.crash();
    const began = clock.now();
    await queue(randomHandle());
    const link = async () =>
      (
        await region.rows<{ failures: number; failing_since: Date | null; next_try_at: Date | null }>('link')
      )[0];
    const waits: number[] = [];
    for (let failures = 1; failures <= 8; failures++) {
      sender.wake();
      await until(async () => (await link())?.failures === failures);
      const next = (await link())!.next_try_at!;
      waits.push((next.getTime() - clock.now().getTime()) / 1_000);
      clock.set(next);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect((await link())?.failing_since).toEqual(began);
    const told = region.log.lines.filter(({ event }) => event === 'link-failing');
    expect(told).toHaveLength(1);

    await until(async () => (await link())?.failures === 9);
    await broker.start();
    await until(async () => (await link())?.failures === 0);
    expect(await unsent()).toBe(0);
    expect(await link()).toMatchObject({ failing_since: null, next_try_at: null });
    expect(await numbers()).toEqual([1]);
  });

  it('takes back all of some types that has no place in the order yet, and nothing else', async () => {
    await queue(randomHandle());
    await sendAll();
    // the others wait for a sender, and so have no place yet
    await region.stop();
    await queue(randomHandle());
    await region.outbox.enqueue(region.dataSource.manager, RELAY, 'tags.complete', { tags: 0 });
    await region.outbox.enqueue(region.dataSource.manager, REGION, 'tag.delete', { handle: randomHandle() });
    await region.outbox.retractAll(region.dataSource.manager, RELAY, ['tag.put', 'tag.delete']);
    const rows = await region.rows('outbox_message');
    expect(rows.map(({ peer, type, seq }) => [peer, type, seq])).toEqual([
      [RELAY, 'tag.delete', '1'],
      [RELAY, 'tags.complete', null],
      [REGION, 'tag.delete', null],
    ]);
  });

  it('sends nothing of a side that learns first when its loss is found after it had agreed', async () => {
    const hub = region.hub(broker.settings);
    await hub.get();
    const sender = region.agreeingSender(hub, RELAY, true);
    let found = false;
    sender.agreements.onAgreed(async () => {
      if (found) return;
      found = true;
      await queue(randomHandle());
      await region.dataSource.query(`update link set recovery = 'x'`);
    });
    sender.start();
    // the look after the one in which it agreed
    await until(() => found && !sender.agreements.has(RELAY));
    expect((await region.rows('outbox_message')).map(({ seq }) => seq)).toEqual([null]);
    await region.dataSource.query('update link set recovery = null');
    await until(async () => (await numbers()).length === 1);
  });

  it('sends control messages without a place in the order, and without keeping them', async () => {
    await queue(randomHandle());
    const sender = await sendAll();
    await sender.sendControl(RELAY, 'confirm', { incarnation: 1, upTo: 0 });
    expect((await streams.up(region)).map(({ type, seq }) => [type, seq])).toEqual([
      ['tag.delete', 1],
      ['confirm', 0],
    ]);
    expect(await region.rows('outbox_message')).toHaveLength(1);
  });

  it('drops what waits for peers that left; should one come back, its order begins anew under the next incarnation', async () => {
    await queue(randomHandle());
    await sendAll();
    await region.stop();
    const forget = (staying: string[]) =>
      region.dataSource.transaction((manager) => region.outbox.forgetPeersExcept(manager, staying));
    const before = await everything();
    await forget([RELAY]);
    expect(await everything()).toEqual(before);
    await forget([]);
    expect(await region.rows('outbox_message')).toEqual([]);

    await queue(randomHandle());
    await sendAll();
    const places = (await streams.up(region)).map(({ incarnation, seq }) => [incarnation, seq]);
    expect(places).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});
