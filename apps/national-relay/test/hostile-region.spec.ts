import 'reflect-metadata';
import { generateKeys, RELAY, seal, Signer, type SignedBytes } from '#libs/protocol';
import { TestFederation } from './test-federation.js';
import { newHandle, newTag, type TestRegion } from './test-region.js';
import { TestRelay } from './test-relay.js';
import { until } from './until.js';

describe('a region that misbehaves', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let noord: TestRegion;
  let zuid: TestRegion;

  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation);
    [noord, zuid] = await Promise.all([federation.region('noord'), federation.region('zuid')]);
    await Promise.all([noord.listen(), zuid.listen()]);
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  const rejectedOf = async (region: string) => {
    const { body } = await relay.get(`/api/v1/regions/${region}`, 'landelijk');
    return (body as { rejected: { reason: string; count: number }[] }).rejected;
  };
  const tag = newTag();
  const put = { epoch: 1, handle: newHandle(), tag };
  const envelope = { type: 'tag.put' as const, to: RELAY, incarnation: 1, sentAt: '2026-01-01T00:00:00Z' };
  const signed = (signer: Signer, other: object): SignedBytes =>
    seal(signer, { ...envelope, from: 'noord', seq: 1, body: put, ...other });
  const stranger = new Signer(generateKeys('ed25519'));

  const attacks: [string, string, () => SignedBytes][] = [
    [
      'without a signature',
      'unsigned',
      () => ({ ...noord.sealed('tag.put', put, { seq: 1 }), signature: '' }),
    ],
    ['signed by a stranger', 'wrong-signature', () => signed(stranger, {})],
    [
      'in the name of another region',
      'wrong-sender',
      () => noord.sealed('tag.put', put, { seq: 1, from: 'zuid' }),
    ],
    [
      'signed by another region, in its name',
      'wrong-signature',
      () => zuid.sealed('tag.put', put, { seq: 1 }),
    ],
    ['for somebody else', 'wrong-receiver', () => noord.sealed('tag.put', put, { seq: 1, to: 'zuid' })],
    [
      'of a type that only the relay may send',
      'wrong-type',
      () => noord.sealed('match.closed', { matchId: newHandle() }, { seq: 1 }),
    ],
    [
      'with a reason smuggled in beside its body',
      'malformed',
      () => noord.sealed('tag.put', put, { seq: 1, reason: 'verzuim' } as never),
    ],
    [
      'with a tag that is too short',
      'malformed',
      () => noord.sealed('tag.put', { ...put, tag: 'kort' }, { seq: 1 }),
    ],
    [
      'changed after it was signed',
      'wrong-signature',
      () => {
        const { payload, signature } = noord.sealed('tag.put', put, { seq: 1 });
        return {
          payload: Buffer.from(Buffer.from(payload).toString().replace('"v":1', '"v": 1')),
          signature,
        };
      },
    ],
  ];

  it.each(attacks)(
    'is refused a message %s, which is counted and changes nothing',
    async (_what, reason, attack) => {
      const count = async () =>
        (await rejectedOf('noord')).find((each) => each.reason === reason)?.count ?? 0;
      const before = await count();
      await noord.publish('x', attack());
      await until(async () => (await count()) === before + 1);
      expect(await relay.count('tag')).toBe(0);
      expect(relay.lines('message-rejected').at(-1)).toEqual({
        event: 'message-rejected',
        peer: 'noord',
        reason,
        count: 1,
      });
    },
  );

  it('does not hold up its own good messages, nor those of others', async () => {
    await noord.publish('x', signed(stranger, {}));
    noord.seq = 0;
    const mine = await noord.put(tag);
    await noord.publish('x', signed(stranger, { seq: 2 }));
    await zuid.put(tag);
    const notice = await until(() => noord.bodies('match.found')[0]);
    expect(notice).toMatchObject({ handle: mine, peerRegion: 'zuid' });
    await until(() => zuid.bodies('match.found')[0]);
  });

  it('shows as an alarm, and nothing of what it sent is kept or logged', async () => {
    const rejected = (await rejectedOf('noord')).reduce((sum, { count }) => sum + count, 0);
    const { body } = await relay.get('/api/v1/alarms', 'landelijk');
    expect(body).toMatchObject({
      alarms: expect.arrayContaining([
        expect.objectContaining({ kind: 'messages-rejected', party: 'noord', count: rejected }),
      ]),
    });
    const rows = await relay.query<object>('select * from rejected_message');
    for (const row of rows)
      expect(Object.keys(row).sort()).toEqual(['count', 'hour', 'last_at', 'peer', 'reason']);
    const log = JSON.stringify(relay.lines());
    for (const secret of [tag, put.handle, 'verzuim']) expect(log).not.toContain(secret);
  });

  it('leaves a gap unfilled for as long as it likes: what lies behind it waits, and is asked for again', async () => {
    const before = await relay.count('tag');
    const missing = noord.sealed('tag.put', { epoch: 1, handle: newHandle(), tag: newTag() });
    await noord.put(newTag());
    await zuid.put(newTag());
    await zuid.settled();
    expect(await relay.count('tag')).toBe(before + 1);
    await noord.publish('tag.put', missing);
    await noord.settled();
    expect(await relay.count('tag')).toBe(before + 3);
  });
});
