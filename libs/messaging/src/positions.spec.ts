import { SettableClock } from '#libs/clock';
import { RELAY, type Position } from '#libs/protocol';
import { Agreements } from './agreements.js';
import { Inbox } from './inbox.js';
import { REGION, TestParty, randomHandle } from './messaging.fixture.js';
import { beginQuestion, beginRecovery, endRecovery, positionTowards, takePosition } from './positions.js';

const clock = new SettableClock(new Date('2026-01-01T00:00:00Z'));
/** Minutes from 1970 to the clock. */
const MINUTES = 29_453_760;
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

const AGREED = { inIncarnation: 2, inApplied: 4, outIncarnation: 4, outNext: 18, outConfirmed: 16 };

/** The region has sent five messages in incarnation 2, of which three are confirmed and two wait; it applied 17 of the relay's, in 4. */
async function conversation(): Promise<string> {
  for (let at = 0; at < 2; at++)
    await region.outbox.enqueue(region.dataSource.manager, RELAY, 'tag.delete', { handle: randomHandle() });
  await region.dataSource.query('update outbox_message set seq = id + 3, sent_at = now(), attempts = 1');
  await region.dataSource.query(
    `insert into link (peer, out_incarnation, out_next_seq, out_confirmed, in_incarnation, in_applied)
     values ($1, 2, 6, 3, 4, 17)`,
    [RELAY],
  );
  return ask();
}
const ask = (anew = false) => beginQuestion(region.dataSource.manager, RELAY, anew);
const hear = (position: Position) =>
  inbox.receive(RELAY, [relay.message('position', 0, position, { to: REGION })]);
const link = async () => (await region.rows('link'))[0];
const waiting = async () =>
  (await region.rows('outbox_message')).map(({ seq, sent_at: sentAt, attempts }) => [seq, sentAt, attempts]);

describe('a position', () => {
  it('that agrees is a confirmation, and opens the way', async () => {
    const question = await conversation();
    const { standing } = await hear({ question, ...AGREED });
    expect(standing).toBe('agreed');
    expect(await link()).toMatchObject({
      ...{ out_incarnation: 2, out_confirmed: '4', restarts: 0, agreed_on: question },
    });
    expect(await region.rows('outbox_message')).toMatchObject([{ seq: '5' }]);
    expect(restarts).toEqual([]);
  });

  it('of a side that says that it lost its memory begins a later incarnation, in which everything is said again', async () => {
    const question = await conversation();
    const { standing } = await hear({ question, ...AGREED, inApplied: 2, recovery: 'R'.repeat(22) });
    expect(standing).toBe('peer-forgot');
    expect(await link()).toMatchObject({
      ...{ out_incarnation: MINUTES, out_next_seq: '1', out_confirmed: '0', restarts: 1 },
      ...{ recovery: null, agreed_on: question },
    });
    expect(await waiting()).toEqual([
      [null, null, 0],
      [null, null, 0],
    ]);
    expect(restarts).toEqual([RELAY]);
  });

  it.each<[string, Partial<Position>]>([
    ['lost everything', { inIncarnation: 0, inApplied: 0, outIncarnation: 1, outNext: 1, outConfirmed: 0 }],
    ['went back to before what it confirmed', { inApplied: 2 }],
    ['gave out less than was applied of it', { outNext: 17 }],
    ['is in an earlier incarnation than was applied of it', { outIncarnation: 3 }],
  ])('of a side that %s is waited out until it says so: it sees it too', async (_what, said) => {
    const question = await conversation();
    const before = await waiting();
    const { standing } = await hear({ question, ...AGREED, ...said });
    expect(standing).toBe('pending');
    expect(await link()).toMatchObject({ out_incarnation: 2, restarts: 0, agreed_on: null });
    expect(await waiting()).toEqual(before);
    expect(restarts).toEqual([]);
  });

  it.each<[string, Partial<Position>]>([
    ['lost everything', { inIncarnation: 0, inApplied: 0, outIncarnation: 1, outNext: 1, outConfirmed: 0 }],
    ['went back to before what it confirmed', { inApplied: 2 }],
    ['gave out less than was applied of it', { outNext: 17, outConfirmed: 15 }],
    ['is in an earlier incarnation than was applied of it', { outIncarnation: 3 }],
  ])('of ours tells a side that %s that it lost its memory', async (_what, theirs) => {
    await conversation();
    const standing = { ...AGREED, ...theirs };
    await relay.dataSource.query(
      `insert into link (peer, out_incarnation, out_next_seq, out_confirmed, in_incarnation, in_applied) values ($1, $2, $3, $4, $5, $6)`,
      [
        REGION,
        ...[standing.outIncarnation, standing.outNext, standing.outConfirmed],
        ...[standing.inIncarnation, standing.inApplied],
      ],
    );
    const question = await beginQuestion(relay.dataSource.manager, REGION, false);
    const ours = await positionTowards(region.dataSource.manager, RELAY, question);
    expect(await takePosition(relay.dataSource.manager, REGION, ours, clock)).toBe('self-forgot');
  });

  it.each<[string, Partial<Position>]>([
    ['knows more than it was given', { inApplied: 6 }],
    ['knows a later incarnation', { inIncarnation: 7, inApplied: 1 }],
    ['was confirmed more than is known here', { outConfirmed: 18, outNext: 30 }],
    [
      'was confirmed something in an incarnation that is not known here',
      { outIncarnation: 5, outConfirmed: 1 },
    ],
  ])('of a side that %s shows that this side lost its memory', async (_what, said) => {
    const question = await conversation();
    const { standing } = await hear({ question, ...AGREED, ...said });
    expect(standing).toBe('self-forgot');
    expect(await link()).toMatchObject({
      ...{ out_incarnation: MINUTES, out_next_seq: '1', restarts: 1, agreed_on: null },
      recovery: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(restarts).toEqual([]);
    expect(region.log.lines).toEqual([
      { event: 'link-restarted', fields: { peer: RELAY, because: 'self-forgot' } },
    ]);
  });

  it('is not taken for a second loss while the first has not been answered; after a new start it has another name', async () => {
    await conversation();
    const ahead = { ...AGREED, outConfirmed: 18, outNext: 30 };
    expect((await hear({ question: await ask(), ...ahead })).standing).toBe('self-forgot');
    const { recovery } = (await link())!;
    expect((await hear({ question: await ask(), ...ahead })).standing).toBe('pending');
    expect(await link()).toMatchObject({ recovery, restarts: 1 });
    await ask(true);
    expect((await link())!.recovery).not.toBe(recovery);
  });

  it('of two sides that both lost their memory makes each say everything again, in turn', async () => {
    const theirs = 'R'.repeat(22);
    const question = await conversation();
    expect((await hear({ question, ...AGREED, inApplied: 9, recovery: theirs })).standing).toBe(
      'self-forgot',
    );
    expect(await link()).toMatchObject({ recovery_served: null });
    expect((await hear({ question: await ask(), ...AGREED, recovery: theirs })).standing).toBe('peer-forgot');
    expect(await link()).toMatchObject({ recovery_served: theirs });
    expect(restarts).toEqual([RELAY]);
  });

  it('of a side that knows us although we never sent it anything shows that this side lost its memory', async () => {
    const question = await ask();
    const { standing } = await hear({ question, ...AGREED });
    expect(standing).toBe('self-forgot');
  });

  it('that answers an earlier question says nothing', async () => {
    const question = await conversation();
    await ask();
    const { standing } = await hear({ question, ...AGREED, inApplied: 0 });
    expect(standing).toBe('other');
    expect(await link()).toMatchObject({ out_incarnation: 2, restarts: 0, agreed_on: null });
  });

  it('that was overtaken by a confirmation and by messages agrees all the same', async () => {
    const question = await conversation();
    await region.dataSource.query('update link set out_confirmed = 5, in_applied = 40');
    const { standing } = await hear({ question, ...AGREED });
    expect(standing).toBe('agreed');
    expect(await link()).toMatchObject({ out_confirmed: '5', restarts: 0 });
  });

  it('of a side that has not heard of this incarnation yet agrees: the messages are on their way', async () => {
    await conversation();
    await region.dataSource.query('update link set out_confirmed = 0');
    const { standing } = await hear({ question: await ask(), ...AGREED, inIncarnation: 1, inApplied: 90 });
    expect(standing).toBe('agreed');
  });

  it('of a side that began anew and was not heard yet is waited out', async () => {
    const question = await conversation();
    const anew = { ...AGREED, outIncarnation: 9, outNext: 3, outConfirmed: 0 };
    expect((await hear({ question, ...anew })).standing).toBe('pending');
    expect(await link()).toMatchObject({ agreed_on: null, restarts: 0 });
    await region.dataSource.query('update link set in_incarnation = 9, in_applied = 1');
    expect((await hear({ question, ...anew })).standing).toBe('agreed');
  });

  it.each<[string, Partial<Position>]>([
    ['is recovering', { recovery: 'R'.repeat(22) }],
    ['has said nothing since', { outNext: 1 }],
  ])('of a side that began anew and %s is not waited out: it waits for us', async (_what, said) => {
    await conversation();
    await region.dataSource.query('update link set out_confirmed = 0, recovery_served = $1', [
      'R'.repeat(22),
    ]);
    const anew = { ...AGREED, outIncarnation: 9, outNext: 3, outConfirmed: 0, ...said };
    expect((await hear({ question: await ask(), ...anew })).standing).toBe('agreed');
  });

  it('says everything again once for one loss of memory', async () => {
    const recovery = 'R'.repeat(22);
    const question = await conversation();
    await hear({ question, ...AGREED, recovery });
    const anew = { ...AGREED, inIncarnation: 2, inApplied: 4 };
    expect((await hear({ question: await ask(), ...anew, recovery })).standing).toBe('agreed');
    expect((await hear({ question: await ask(), ...anew, recovery: 'S'.repeat(22) })).standing).toBe(
      'peer-forgot',
    );
    expect(restarts).toEqual([RELAY, RELAY]);
    // within the same minute the next incarnation is one more
    expect(await link()).toMatchObject({ out_incarnation: MINUTES + 1 });
  });

  it('begins nothing when what has to be said again cannot be queued', async () => {
    const question = await conversation();
    saying = () => Promise.reject(new Error('not now'));
    await expect(hear({ question, ...AGREED, recovery: 'R'.repeat(22) })).rejects.toThrow('not now');
    expect(await link()).toMatchObject({ out_incarnation: 2, restarts: 0, question });
  });

  it('tells how far both sides came, and what a recovering side still has to hear', async () => {
    const { manager } = region.dataSource;
    const question = 'Q'.repeat(22);
    const first = { inIncarnation: 0, inApplied: 0, outIncarnation: 1, outNext: 1, outConfirmed: 0 };
    expect(await positionTowards(manager, RELAY, question)).toEqual({ question, ...first });
    await conversation();
    const later = { inIncarnation: 4, inApplied: 17, outIncarnation: 2, outNext: 6, outConfirmed: 3 };
    expect(await positionTowards(manager, RELAY, question)).toEqual({ question, ...later });
    await beginRecovery(manager, RELAY);
    const { recovery } = await positionTowards(manager, RELAY, question);
    expect(recovery).toHaveLength(22);
    expect(await endRecovery(manager, RELAY, 'X'.repeat(22))).toBe(false);
    expect(await endRecovery(manager, RELAY, recovery)).toBe(true);
    expect(await endRecovery(manager, RELAY)).toBe(false);
    expect(await positionTowards(manager, RELAY, question)).toEqual({ question, ...later });
  });
});

describe('agreements', () => {
  const agreements = (learnsFirst = true) => new Agreements(region.dataSource, learnsFirst);

  it('hold from the answer to a question of this run, and call the listeners once', async () => {
    const [told, run] = [[] as string[], agreements()];
    run.onAgreed(async (peer) => void told.push(peer));
    const question = await run.question(RELAY);
    await run.look();
    expect(run.has(RELAY)).toBe(false);
    await hear({
      question,
      ...AGREED,
      inIncarnation: 1,
      inApplied: 0,
      outIncarnation: 1,
      outNext: 1,
      outConfirmed: 0,
    });
    await run.look();
    await run.look();
    expect(run.peers()).toEqual([RELAY]);
    expect(told).toEqual([RELAY]);
    const another = agreements();
    await another.look();
    expect(another.has(RELAY)).toBe(false);
  });

  it('put the same question until it is answered, and another one then', async () => {
    const run = agreements();
    const question = await run.question(RELAY);
    expect(await run.question(RELAY)).toBe(question);
    await region.dataSource.query('update link set agreed_on = question');
    await run.look();
    expect(await run.question(RELAY)).not.toBe(question);
    expect(run.has(RELAY)).toBe(true);
    run.forget();
    expect(run.has(RELAY)).toBe(false);
  });

  it.each([
    [true, false],
    [false, true],
  ])('of a side that learns first (%s) hold while it recovers: %s', async (learnsFirst, holds) => {
    const run = agreements(learnsFirst);
    await run.question(RELAY);
    await region.dataSource.query(`update link set agreed_on = question, recovery = 'x'`);
    await run.look();
    expect(run.has(RELAY)).toBe(holds);
  });

  it('do not hold when a listener fails, which is called again', async () => {
    const run = agreements();
    let calls = 0;
    run.onAgreed(async () => {
      if (calls++ === 0) throw new Error('not now');
    });
    await run.question(RELAY);
    await region.dataSource.query(`update link set agreed_on = question`);
    await expect(run.look()).rejects.toThrow('not now');
    expect(run.has(RELAY)).toBe(false);
    await run.look();
    expect(run.has(RELAY)).toBe(true);
  });
});
