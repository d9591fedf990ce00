import { SettableClock } from '#libs/clock';
import { RELAY, generateKeys, type MessageType } from '#libs/protocol';
import { Inbox, type BatchHandler, type RawMessage } from './inbox.js';
import { REGION, TestParty, pause, randomHandle } from './messaging.fixture.js';

const clock = new SettableClock(new Date('2026-01-01T00:00:00Z'));
let relay: TestParty;
let region: TestParty;
let handlers: Map<MessageType, BatchHandler>;
let calls: { type: MessageType; numbers: number[] }[];
let registered: Map<string, string>;
let inbox: Inbox;

beforeAll(async () => {
  [relay, region] = await Promise.all([TestParty.create(RELAY, clock), TestParty.create(REGION, clock)]);
});
beforeEach(() => {
  calls = [];
  handlers = new Map<MessageType, BatchHandler>();
  for (const type of ['tag.put', 'tag.delete', 'heartbeat'] as const) {
    handlers.set(type, async (bodies, context) => {
      calls.push({ type, numbers: context.versions.map(({ n }) => n) });
      await relay.write(type)(bodies, context);
    });
  }
  registered = new Map([[REGION, region.keys.publicKey]]);
  inbox = new Inbox(
    relay.dataSource,
    {
      self: RELAY,
      publicKeyOf: (peer) => registered.get(peer),
      handlerOf: (type) => handlers.get(type),
    },
    clock,
    relay.log,
  );
});
afterEach(() => relay.clear());
afterAll(() => Promise.all([relay.drop(), region.drop()]));

const message = (seq: number, incarnation = 1): RawMessage =>
  region.message('tag.delete', seq, { handle: randomHandle() }, { incarnation });
const messages = (...numbers: number[]): RawMessage[] => numbers.map((seq) => message(seq));
const beginOfHour = (moment: Date) => new Date(moment.setUTCMinutes(0, 0, 0));
const receive = (raw: RawMessage[]) => inbox.receive(REGION, raw);
const link = async () => (await relay.rows('link'))[0];
const everything = async () =>
  Promise.all(['link', 'received', 'rejected_message', 'outbox_message'].map((table) => relay.rows(table)));

describe('the inbox', () => {
  it('applies messages of one type at once, in order, and says how far it came', async () => {
    const put = region.message('tag.put', 3, {
      epoch: 1,
      handle: randomHandle(),
      tag: randomHandle() + 'A'.repeat(21),
    });
    const { confirm, counts } = await receive([...messages(1, 2), put, message(4)]);
    expect(calls).toEqual([
      { type: 'tag.delete', numbers: [1, 2] },
      { type: 'tag.put', numbers: [3] },
      { type: 'tag.delete', numbers: [4] },
    ]);
    expect(confirm).toEqual({ incarnation: 1, upTo: 4 });
    expect(counts).toEqual({ applied: 4, duplicates: 0, outOfOrder: 0, rejected: 0 });
    expect(await relay.received()).toEqual([1, 2, 3, 4]);
  });

  it('applies a repeat once, in the same batch or a later one, and confirms it again, since the confirmation may have been lost', async () => {
    const [one, two] = [message(1), message(2)];
    const first = await receive([one, two, one]);
    const second = await receive([two, one]);
    expect([first.counts.applied, first.counts.duplicates]).toEqual([2, 1]);
    expect([second.counts.applied, second.counts.duplicates]).toEqual([0, 2]);
    expect(second.confirm).toEqual({ incarnation: 1, upTo: 2 });
    expect(await relay.received()).toEqual([1, 2]);
  });

  it('puts messages that overtook one another in the order of their sender', async () => {
    await receive(messages(4, 2, 1, 3));
    expect(await relay.received()).toEqual([1, 2, 3, 4]);
  });

  it('stops at a gap, asks for what is missing, and goes on when it comes', async () => {
    const gap = await receive(messages(1, 2, 4, 5));
    expect(gap.confirm).toEqual({ incarnation: 1, upTo: 2, resendFrom: 3 });
    expect(gap.counts).toMatchObject({ applied: 2, outOfOrder: 2 });
    const rest = await receive(messages(3, 4, 5));
    expect(rest.confirm).toEqual({ incarnation: 1, upTo: 5 });
    expect(await relay.received()).toEqual([1, 2, 3, 4, 5]);
  });

  it('applies and confirms nothing when it has never heard the first message', async () => {
    const { confirm, counts } = await receive(messages(2, 3));
    expect(confirm).toBeUndefined();
    expect(counts).toMatchObject({ applied: 0, outOfOrder: 2 });
    expect(await relay.received()).toEqual([]);
  });

  it('begins a new incarnation with its first message, and takes what is left of the old one for repeats', async () => {
    await receive(messages(1, 2, 3));
    const mixed = await receive([message(2, 2), message(4), message(1, 2)]);
    expect(mixed.confirm).toEqual({ incarnation: 2, upTo: 2 });
    const old = await receive([message(5)]);
    expect(old.counts).toMatchObject({ applied: 0, duplicates: 1 });
    expect(old.confirm).toEqual({ incarnation: 2, upTo: 2 });
    // 4 stood before the new incarnation in the sender's order
    expect(await relay.received()).toEqual([1, 2, 3, 4, 1, 2]);
  });

  it('does not begin a new incarnation in the middle', async () => {
    await receive(messages(1, 2));
    const { counts } = await receive([message(2, 2)]);
    expect(counts).toMatchObject({ applied: 0, outOfOrder: 1 });
    expect(await link()).toMatchObject({ in_incarnation: 1, in_applied: '2' });
  });

  it.each<[string, string, (good: RawMessage) => RawMessage]>([
    ['unsigned', 'unsigned', ({ payload }) => ({ payload, signature: undefined })],
    [
      'changed under way',
      'wrong-signature',
      ({ payload, signature }) => ({
        payload: Buffer.from(Buffer.from(payload).toString().replace('"seq":2', '"seq":9')),
        signature,
      }),
    ],
    [
      'signed by another',
      'wrong-signature',
      ({ payload }) => ({ payload, signature: relay.signer.sign('message', payload) }),
    ],
    [
      'signed for another purpose',
      'wrong-signature',
      ({ payload }) => ({ payload, signature: region.signer.sign('evaluation', payload) }),
    ],
    ['no JSON', 'malformed', () => signed('{"secret":')],
    [
      'of no known type',
      'malformed',
      ({ payload }) => signed(Buffer.from(payload).toString().replace('tag.delete', 'tag.rename')),
    ],
    [
      'carrying a field too many around its body',
      'malformed',
      ({ payload }) => signed(Buffer.from(payload).toString().replace('{', '{"secret":"x",')),
    ],
    [
      'without a place in the order',
      'malformed',
      () => region.message('tag.delete', 0, { handle: randomHandle() }),
    ],
    [
      'in the name of another',
      'wrong-sender',
      () => region.message('tag.delete', 2, { handle: randomHandle() }, { from: 'jeugdmatch' }),
    ],
    [
      'meant for another',
      'wrong-receiver',
      () => region.message('tag.delete', 2, { handle: randomHandle() }, { to: 'jeugdmatch' }),
    ],
    [
      'of a type that only the relay sends',
      'wrong-type',
      () => region.message('match.closed', 2, { matchId: randomHandle() }),
    ],
  ])(
    'counts a message that is %s, keeps nothing of it, and applies the rest',
    async (_what, reason, spoil) => {
      const bad = spoil(message(2));
      const { counts, confirm } = await receive([message(1), bad, message(2)]);
      expect(counts).toEqual({ applied: 2, duplicates: 0, outOfOrder: 0, rejected: 1 });
      expect(confirm).toEqual({ incarnation: 1, upTo: 2 });
      expect(await relay.received()).toEqual([1, 2]);
      expect(await relay.rows('rejected_message')).toEqual([
        { peer: REGION, reason, hour: beginOfHour(clock.now()), count: 1, last_at: clock.now() },
      ]);
      expect(relay.log.lines).toEqual([
        { event: 'message-rejected', fields: { peer: REGION, reason, count: 1 } },
      ]);
    },
  );
  it('keeps and logs no more of many bad messages than of one', async () => {
    const bad: RawMessage = { payload: Buffer.from('{}'), signature: undefined };
    await receive([bad, message(1), bad, bad]);
    clock.advance(1_000);
    await receive([bad]);
    expect(await relay.rows('rejected_message')).toMatchObject([{ reason: 'unsigned', count: 4 }]);
    expect(relay.log.lines.map(({ fields }) => fields)).toMatchObject([{ count: 3 }, { count: 1 }]);
    expect(await relay.received()).toEqual([1]);
  });
  const signed = (text: string): RawMessage => {
    const payload = Buffer.from(text);
    return { payload, signature: region.signer.sign('message', payload) };
  };

  it('takes nothing from a region that the register does not or no longer know', async () => {
    registered.delete(REGION);
    const { counts } = await receive(messages(1));
    expect(counts).toMatchObject({ applied: 0, rejected: 1 });
    registered.set(REGION, generateKeys('ed25519').publicKey);
    expect((await receive(messages(1))).counts).toMatchObject({ applied: 0, rejected: 1 });
    expect(await relay.received()).toEqual([]);
  });

  it('undoes the whole batch when a handler throws, and applies it at a later try', async () => {
    await receive(messages(1));
    const before = await everything();
    const batch = messages(2, 3);
    handlers.set('tag.delete', async (bodies, context) => {
      await relay.write('tag.delete')(bodies, context);
      throw new Error('not now');
    });
    await expect(receive(batch)).rejects.toThrow('not now');
    expect(await everything()).toEqual(before);
    handlers.set('tag.delete', relay.write('tag.delete'));
    expect((await receive(batch)).confirm).toEqual({ incarnation: 1, upTo: 3 });
    expect(await relay.received()).toEqual([1, 2, 3]);
  });

  it('recognises everything when the process died after the commit and the broker delivers again', async () => {
    const batch = messages(1, 2, 3);
    const lost = await receive(batch);
    const again = await receive(batch);
    expect(again.counts).toMatchObject({ applied: 0, duplicates: 3 });
    expect(again.confirm).toEqual(lost.confirm);
    expect(await relay.received()).toEqual([1, 2, 3]);
  });

  it('applies a batch once when two processes receive it at the same moment', async () => {
    const slow: BatchHandler = async (bodies, context) => {
      await pause(50);
      await relay.write('tag.delete')(bodies, context);
    };
    handlers.set('tag.delete', slow);
    const batch = messages(1, 2, 3);
    const results = await Promise.all([receive(batch), receive(batch)]);
    expect(results.map(({ counts }) => counts.applied).sort()).toEqual([0, 3]);
    expect(await relay.received()).toEqual([1, 2, 3]);
  });

  it('hands control messages to their handler in no order, and confirms none', async () => {
    const heartbeat = {
      softwareVersion: '1',
      ...{ queued: 0, oldestQueuedSeconds: 0, awaitingSecret: 0, matches: 0 },
      ...{
        unansweredNotices: 0,
        unopenableCards: 0,
        lostPersons: 0,
        probes: [],
        clock: '2026-01-01T00:00:00Z',
      },
    };
    const { confirm } = await receive([region.message('heartbeat', 0, heartbeat)]);
    expect(calls.map(({ type }) => type)).toEqual(['heartbeat']);
    expect(confirm).toBeUndefined();
  });

  it('takes a confirmation in the same transaction as what came with it', async () => {
    const queue = () =>
      relay.outbox.enqueue(relay.dataSource.manager, REGION, 'match.closed', { matchId: randomHandle() });
    for (let at = 0; at < 3; at++) await queue();
    await relay.dataSource.query('insert into link (peer, out_next_seq) values ($1, 4)', [REGION]);
    await relay.dataSource.query('update outbox_message set seq = id, sent_at = now()');
    const confirm = region.message('confirm', 0, { incarnation: 1, upTo: 2 });
    handlers.set('tag.delete', () => Promise.reject(new Error('not now')));
    await expect(receive([confirm, message(1)])).rejects.toThrow('not now');
    expect(await relay.rows('outbox_message')).toHaveLength(3);
    handlers.set('tag.delete', relay.write('tag.delete'));
    await receive([confirm, message(1)]);
    expect((await relay.rows('outbox_message')).map(({ seq }) => seq)).toEqual(['3']);
  });

  it('logs of a batch that failed the kind of the error only, since its message may quote data', () => {
    inbox.warn(REGION, Object.assign(new Error('duplicate key (handle)=(geheim)'), { code: '23505' }));
    expect(relay.log.lines).toEqual([
      { event: 'batch-failed', fields: { peer: REGION, kind: 'Error 23505' } },
    ]);
  });
});
