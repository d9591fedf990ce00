import { SettableClock } from '#libs/clock';
import { RELAY, type Hello } from '#libs/protocol';
import { helloTo } from './hello.js';
import { Inbox } from './inbox.js';
import { REGION, TestParty, randomHandle } from './messaging.fixture.js';

const clock = new SettableClock(new Date('2026-01-01T00:00:00Z'));
let relay: TestParty;
let region: TestParty;
let restarts: string[];
let saying: () => Promise<void>;
let inbox: Inbox;

beforeAll(async () => {
  [relay, region] = await Promise.all([TestParty.create(RELAY, clock), TestParty.create(REGION, clock)]);
});
beforeEach(() => {
  restarts = [];
  saying = () => Promise.resolve();
  inbox = new Inbox(
    region.dataSource,
    {
      self: REGION,
      publicKeyOf: () => relay.keys.publicKey,
      handlerOf: () => undefined,
      restarted: async (_manager, peer) => {
        restarts.push(peer);
        await saying();
      },
    },
    clock,
    region.log,
  );
});
afterEach(() => Promise.all([relay.clear(), region.clear()]));
afterAll(() => Promise.all([relay.drop(), region.drop()]));

/** The region has sent the relay five messages in incarnation 2, of which three are confirmed and two wait. */
async function conversation(): Promise<void> {
  for (let at = 0; at < 2; at++)
    await region.outbox.enqueue(region.dataSource.manager, RELAY, 'tag.delete', { handle: randomHandle() });
  await region.dataSource.query('update outbox_message set seq = id + 3, sent_at = now(), attempts = 1');
  await region.dataSource.query(
    `insert into link (peer, out_incarnation, out_next_seq, out_confirmed) values ($1, 2, 6, 3)`,
    [RELAY],
  );
}
const hear = (hello: Hello) => inbox.receive(RELAY, [relay.message('hello', 0, hello, { to: REGION })]);
const link = async () => (await region.rows('link'))[0];
const waiting = async () =>
  (await region.rows('outbox_message')).map(({ seq, sent_at: sentAt, attempts }) => [seq, sentAt, attempts]);

describe('a hello', () => {
  it('that is in step is a confirmation, and asks for an answer', async () => {
    await conversation();
    const { greeted } = await hear({ inIncarnation: 2, inApplied: 4 });
    expect(greeted).toBe(true);
    expect(await link()).toMatchObject({ out_incarnation: 2, out_confirmed: '4', restarts: 0 });
    expect(await region.rows('outbox_message')).toMatchObject([{ seq: '5' }]);
    expect(restarts).toEqual([]);
  });

  it.each<[string, Hello, number]>([
    ['lost everything', { inIncarnation: 0, inApplied: 0 }, 3],
    ['went back to before what it confirmed', { inIncarnation: 2, inApplied: 2 }, 3],
    ['knows more than it was given, so that this side went back', { inIncarnation: 2, inApplied: 6 }, 3],
    ['knows a later incarnation, so that this side went back', { inIncarnation: 7, inApplied: 1 }, 8],
  ])(
    'of a side that %s begins a later incarnation, the second time it says so',
    async (_what, hello, next) => {
      await conversation();
      await hear(hello);
      expect(await link()).toMatchObject({ out_incarnation: 2, doubts: 1 });
      expect(restarts).toEqual([]);
      await hear(hello);
      expect(await link()).toMatchObject({
        ...{ out_incarnation: next, out_next_seq: '1', out_confirmed: '0', doubts: 0, restarts: 1 },
      });
      expect(await waiting()).toEqual([
        [null, null, 0],
        [null, null, 0],
      ]);
      expect(restarts).toEqual([RELAY]);
      expect(region.log.lines).toEqual([{ event: 'link-restarted', fields: { peer: RELAY } }]);
    },
  );

  it('of a side that knows us although we have never sent it anything begins a later incarnation too', async () => {
    await hear({ inIncarnation: 3, inApplied: 50 });
    await hear({ inIncarnation: 3, inApplied: 50 });
    expect(await link()).toMatchObject({ out_incarnation: 4, restarts: 1 });
  });

  it('that is strange once, and then right again, was an old one', async () => {
    await conversation();
    await hear({ inIncarnation: 2, inApplied: 1 });
    await hear({ inIncarnation: 2, inApplied: 3 });
    await hear({ inIncarnation: 2, inApplied: 1 });
    expect(await link()).toMatchObject({ out_incarnation: 2, restarts: 0 });
    expect(restarts).toEqual([]);
  });

  it('of a side that has not heard of this incarnation yet changes nothing, however often it comes', async () => {
    await conversation();
    await region.dataSource.query('update link set out_confirmed = 0');
    for (let at = 0; at < 3; at++) await hear({ inIncarnation: 1, inApplied: 90 });
    expect(await link()).toMatchObject({ out_incarnation: 2, doubts: 0, restarts: 0 });
  });

  it('begins nothing when what has to be said again cannot be queued', async () => {
    await conversation();
    await hear({ inIncarnation: 0, inApplied: 0 });
    saying = () => Promise.reject(new Error('not now'));
    await expect(hear({ inIncarnation: 0, inApplied: 0 })).rejects.toThrow('not now');
    expect(await link()).toMatchObject({ out_incarnation: 2, doubts: 1, restarts: 0 });
  });

  it('tells how far this side came, and nothing when it has heard nothing', async () => {
    const hello = () => helloTo(region.dataSource.manager, RELAY);
    expect(await hello()).toEqual({ inIncarnation: 0, inApplied: 0 });
    await conversation();
    await region.dataSource.query('update link set in_incarnation = 4, in_applied = 17');
    expect(await hello()).toEqual({ inIncarnation: 4, inApplied: 17 });
  });
});
