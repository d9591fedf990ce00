import { randomBytes } from 'node:crypto';
import {
  generateKeys,
  MESSAGES,
  RELAY,
  seal,
  Signer,
  type Envelope,
  type MessageBody,
  type MessageType,
  type SignedBytes,
} from '#libs/protocol';
import { newHandle, newTag, type TestRegion } from '../../apps/national-relay/test/test-region.js';
import { until } from '../../apps/national-relay/test/until.js';
import { ATTACKER, VICTIMS } from './names.js';
import type { World } from './world.js';

type Bodies = { [T in MessageType]: MessageBody<T> };
/** A good body of every type: a new type does not compile without. */
const bodies = (): Bodies => {
  const matchId = newHandle();
  const version = { incarnation: 1, n: 1 };
  const sealed = { matchId, version, enc: newTag(), ciphertext: randomBytes(40_976).toString('base64url') };
  const roll = { document: '{}', signature: randomBytes(64).toString('base64url') };
  const letter = { enc: newTag(), ciphertext: randomBytes(16_400).toString('base64url') };
  const question = newHandle();
  const answer = { question, enc: newTag(), ciphertext: randomBytes(8_208).toString('base64url') };
  return {
    'tag.put': { epoch: 1, handle: newHandle(), tag: newTag() },
    'tag.delete': { handle: newHandle() },
    'tags.complete': { tags: 0 },
    'tags.digest': { tags: 0, digest: newTag() },
    erased: { tokens: [newHandle()] },
    'card.send': { ...sealed, toRegion: VICTIMS[0] },
    'receipt.send': { matchId, version, outcome: 'opened', toRegion: VICTIMS[0] },
    'roll.send': { ...roll, toRegion: VICTIMS[0] },
    'letter.send': { ...letter, toRegion: VICTIMS[0] },
    'archive.ask': { question, handle: newHandle(), tag: newTag() },
    'archive.answer': { ...answer, toRegion: VICTIMS[0] },
    heartbeat: {
      ...{ softwareVersion: '0.1.0', queued: 0, oldestQueuedSeconds: 0, awaitingSecret: 0 },
      ...{ matches: 0, unansweredNotices: 0, unopenableCards: 0, lostPersons: 0 },
      probes: [],
      clock: new Date().toISOString(),
    },
    'match.found': { matchId, handle: newHandle(), peerRegion: VICTIMS[0], epoch: 1, sendFirst: true },
    'match.closed': { matchId },
    'card.deliver': { ...sealed, fromRegion: VICTIMS[0] },
    'receipt.deliver': { matchId, version, outcome: 'opened', fromRegion: VICTIMS[0] },
    'roll.deliver': { ...roll, fromRegion: VICTIMS[0] },
    'letter.deliver': { ...letter, fromRegion: VICTIMS[0] },
    'archive.asked': { question, handle: newHandle(), fromRegion: VICTIMS[0] },
    'archive.answered': { ...answer, fromRegion: VICTIMS[0] },
    recall: { erased: [], handles: [], last: true, recovery: newHandle() },
    hello: { question: newHandle() },
    position: {
      question: newHandle(),
      ...{ inIncarnation: 1, inApplied: 1, outIncarnation: 1, outNext: 1, outConfirmed: 0 },
    },
    confirm: { incarnation: 1, upTo: 1 },
  };
};

const TYPES = Object.keys(MESSAGES) as MessageType[];
const FROM_REGIONS = TYPES.filter((type) => MESSAGES[type].from !== 'relay');
const stranger = new Signer(generateKeys('ed25519'));

/** One way to spoil a good message: what the relay calls it, and how it is done. */
type Spoiling = [what: string, reason: string, spoil: (good: Good) => SignedBytes];
interface Good {
  envelope: Envelope;
  own: Signer;
  signerOf: (region: string) => Signer;
}

const resigned = ({ envelope, own }: Good, change: object): SignedBytes =>
  seal(own, { ...envelope, ...change });
/** Signs any bytes as a message. */
const signed = (signer: Signer, payload: Uint8Array | string): SignedBytes => {
  const bytes = Buffer.from(payload);
  return { payload: bytes, signature: signer.sign('message', bytes) };
};
const textOf = ({ envelope, own }: Good): string => Buffer.from(seal(own, envelope).payload).toString('utf8');
/** Changes the first value of the body that is of this kind, if there is one. */
const withValue = (good: Good, kind: 'string' | 'number', value: (old: never) => unknown): SignedBytes => {
  const body = structuredClone(good.envelope.body) as Record<string, unknown>;
  const key = Object.keys(body).find((name) => typeof body[name] === kind) ?? 'extra';
  return resigned(good, { body: { ...body, [key]: value(body[key] as never) } });
};

const SPOILINGS: Spoiling[] = [
  ['without a signature', 'unsigned', ({ envelope, own }) => ({ ...seal(own, envelope), signature: '' })],
  ['signed by a stranger', 'wrong-signature', ({ envelope }) => seal(stranger, envelope)],
  [
    'signed for another purpose',
    'wrong-signature',
    ({ envelope, own }) => {
      const { payload } = seal(own, envelope);
      return { payload, signature: own.sign('evaluation', payload) };
    },
  ],
  [
    'changed after it was signed',
    'wrong-signature',
    (good) => ({
      payload: Buffer.from(`${textOf(good)} `),
      signature: seal(good.own, good.envelope).signature,
    }),
  ],
  ...VICTIMS.flatMap((region): Spoiling[] => [
    [`in the name of ${region}`, 'wrong-sender', (good) => resigned(good, { from: region })],
    [
      `that ${region} made and signed`,
      'wrong-signature',
      ({ envelope, signerOf }) => seal(signerOf(region), { ...envelope, from: region }),
    ],
    [`for ${region}`, 'wrong-receiver', (good) => resigned(good, { to: region })],
  ]),
  ['in the name of the relay', 'wrong-sender', (good) => resigned(good, { from: RELAY })],
  ['with a field beside the body', 'malformed', (good) => resigned(good, { reason: 'x' })],
  ['without a body', 'malformed', (good) => resigned(good, { body: {} })],
  ['with a list for a body', 'malformed', (good) => resigned(good, { body: [good.envelope.body] })],
  ['with null for a body', 'malformed', (good) => resigned(good, { body: null })],
  [
    'that would change prototypes',
    'malformed',
    (good) => signed(good.own, textOf(good).replace('"body":{', '"body":{"__proto__":{"admin":true},')),
  ],
  [
    'with a constructor',
    'malformed',
    (good) => signed(good.own, textOf(good).replace('"body":{', '"body":{"constructor":{"prototype":{}},')),
  ],
  ['with a NUL character', 'malformed', (good) => withValue(good, 'string', (old: string) => `${old}\0`)],
  [
    'with half a character',
    'malformed',
    (good) => withValue(good, 'string', (old: string) => `${old}\ud800`),
  ],
  ['with a number that no database holds', 'malformed', (good) => withValue(good, 'number', () => 1e300)],
  ['with a number beyond the safe range', 'malformed', (good) => withValue(good, 'number', () => 2 ** 53)],
  ['with a number below zero', 'malformed', (good) => withValue(good, 'number', () => -1)],
  [
    'with text where a number belongs',
    'malformed',
    (good) => withValue(good, 'number', (old: number) => String(old)),
  ],
  [
    'with an object where text belongs',
    'malformed',
    (good) => withValue(good, 'string', (old: string) => ({ old })),
  ],
  [
    'nested without end',
    'malformed',
    (good) =>
      signed(
        good.own,
        textOf(good).replace('"body":{', `"body":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)},`),
      ),
  ],
  [
    'nearly as large as the hub allows',
    'malformed',
    (good) => resigned(good, { extra: 'x'.repeat(200_000) }),
  ],
  ['that is no JSON', 'malformed', ({ own }) => signed(own, 'tag.put')],
  ['that is empty', 'malformed', ({ own }) => signed(own, '')],
  ['that is a list', 'malformed', (good) => signed(good.own, `[${textOf(good)}]`)],
  ['that is no UTF-8', 'malformed', ({ own }) => signed(own, Uint8Array.from([0xff, 0xfe, 0x00, 0xd8]))],
  ['of version 2', 'malformed', (good) => resigned(good, { v: 2 })],
  ['of an unknown type', 'malformed', (good) => resigned(good, { type: 'tag.steal' })],
  [
    'of a type that is a property of every object',
    'malformed',
    (good) => resigned(good, { type: 'toString' }),
  ],
  ['with the incarnation 0', 'malformed', (good) => resigned(good, { incarnation: 0 })],
  [
    'with an incarnation after which there is none',
    'malformed',
    (good) => resigned(good, { incarnation: 2 ** 31 - 1 }),
  ],
  ['with half a place in the order', 'malformed', (good) => resigned(good, { seq: 0.5 })],
  ['with a place beyond counting', 'malformed', (good) => resigned(good, { seq: 2 ** 60 })],
  [
    'with a place in the order that its type has not',
    'malformed',
    (good) => resigned(good, { seq: good.envelope.seq > 0 ? 0 : 1 }),
  ],
  ['of a moment that is none', 'malformed', (good) => resigned(good, { sentAt: '2026-W53-7' })],
];

/** Messages with the attacker's own credentials that the relay must see through. */
export function messages(world: () => World): void {
  let attacker: TestRegion;
  beforeAll(async () => {
    await world().drainInbox(ATTACKER);
    attacker = await world().attackingRegion();
    await attacker.put(newTag());
    await attacker.settled();
  });

  afterAll(() => attacker?.close());

  const rejected = async (reason: string): Promise<number> => {
    const rows = await world().rows<{ count: string }>(
      'relay',
      'select coalesce(sum(count), 0) as count from rejected_message where peer = $1 and reason = $2',
      [ATTACKER, reason],
    );
    return Number(rows[0]!.count);
  };
  /** All that messages of regions change at the relay, without what changes by the second. */
  const relayState = async (): Promise<object> => {
    const [row] = await world().rows<object>(
      'relay',
      `select (select md5(string_agg(region || handle::text || epoch, ',' order by region, handle)) from tag) as tags,
         (select count(*) from match) as matches, (select count(*) from erasure) as erasures,
         (select json_agg(json_build_array(peer, out_incarnation, out_confirmed) order by peer) from link) as links,
         (select json_agg(json_build_array(peer, in_incarnation, in_applied)) from link where peer = '${ATTACKER}') as heard,
         (select count(*) from outbox_message where type in ('card.deliver', 'receipt.deliver', 'roll.deliver', 'letter.deliver', 'archive.asked', 'archive.answered')) as routed`,
    );
    return row!;
  };
  const good = (type: MessageType, seq = MESSAGES[type].sequenced ? attacker.seq + 1 : 0): Good => ({
    own: world().signerOf(ATTACKER),
    signerOf: (region) => world().signerOf(region),
    envelope: {
      ...{ v: 1, type, from: ATTACKER, to: RELAY, incarnation: attacker.incarnation, seq },
      ...{ sentAt: new Date().toISOString(), body: bodies()[type] },
    },
  });

  /** Sends messages that the relay has to refuse, waits until it has counted them all, and looks whether they changed anything. */
  const refused = async (reason: string, attempts: [MessageType, SignedBytes][]): Promise<void> => {
    const [before, state] = [await rejected(reason), await relayState()];
    await Promise.all(attempts.map(([type, message]) => attacker.publish(type, message)));
    world().willBeCounted(ATTACKER, reason, attempts.length);
    await until(async () => (await rejected(reason)) >= before + attempts.length);
    expect(await rejected(reason)).toBe(before + attempts.length);
    expect(await relayState()).toEqual(state);
  };

  it.each(SPOILINGS)(
    'a message of any type, %s, is refused as %s, and changes nothing',
    (_what, reason, spoil) =>
      refused(
        reason,
        FROM_REGIONS.map((type) => [type, spoil(good(type))]),
      ),
  );

  it('a message that only the relay may send is refused, whatever its type', () =>
    refused(
      'wrong-type',
      TYPES.filter((type) => MESSAGES[type].from === 'relay').map((type) => {
        const { own, envelope } = good(type);
        return [type, seal(own, envelope)];
      }),
    ));

  it('the same messages, unspoiled, are taken: so it was the spoiling that was refused', async () => {
    const before = await world().rejectedOf(ATTACKER);
    for (const type of FROM_REGIONS.filter((each) => MESSAGES[each].sequenced))
      await attacker.send(type, bodies()[type]);
    await attacker.settled();
    // well-formed, and without the match, the signal or the question that they are for
    const counted = { 'unknown-match': 2, 'no-live-tag': 1, 'unasked-answer': 1 };
    const more = Object.entries(counted).map(([reason, count]) => [reason, (before[reason] ?? 0) + count]);
    expect(await world().rejectedOf(ATTACKER)).toEqual({ ...before, ...Object.fromEntries(more) });
    for (const [reason, count] of Object.entries(counted)) world().willBeCounted(ATTACKER, reason, count);
  });

  it('a message that is blank for the most part is taken for what it says', async () => {
    const put = bodies()['tag.put'];
    const text = Buffer.from(attacker.sealed('tag.put', put).payload).toString('utf8');
    await attacker.publish('tag.put', signed(world().signerOf(ATTACKER), `${text}${' '.repeat(200_000)}`));
    await attacker.settled();
    expect(await hasTag(put.handle)).toBe(true);
  });

  const hasTag = async (handle: string): Promise<boolean> =>
    (await world().count('relay', 'tag where region = $1 and handle = $2', [
      ATTACKER,
      Buffer.from(handle, 'base64url'),
    ])) === 1;

  describe('a message sent again', () => {
    it('does not bring back what was taken back since', async () => {
      const put = bodies()['tag.put'];
      const recorded = attacker.sealed('tag.put', put);
      await attacker.publish('tag.put', recorded);
      await attacker.settled();
      expect(await hasTag(put.handle)).toBe(true);
      await attacker.send('tag.delete', { handle: put.handle });
      await attacker.settled();
      for (let times = 0; times < 3; times++) await attacker.publish('tag.put', recorded);
      await attacker.put(newTag());
      await attacker.settled();
      expect(await hasTag(put.handle)).toBe(false);
    });
    it('nor from an incarnation that is over, at any place', async () => {
      const put = bodies()['tag.put'];
      const { incarnation, seq } = attacker;
      attacker.beginAnew();
      await attacker.put(newTag());
      await attacker.settled();
      for (const place of [1, seq + 1, 1_000_000])
        await attacker.publish('tag.put', attacker.sealed('tag.put', put, { incarnation, seq: place }));
      // in the middle of one that has not begun
      await attacker.publish(
        'tag.put',
        attacker.sealed('tag.put', put, { incarnation: attacker.incarnation + 5, seq: 7 }),
      );
      await attacker.put(newTag());
      await attacker.settled();
      expect(await hasTag(put.handle)).toBe(false);
      await attacker.put(put.tag, put.handle);
      await attacker.settled();
      expect(await hasTag(put.handle)).toBe(true);
    });
    it('by another is no message of that other', async () => {
      const [victim] = VICTIMS;
      const { in_incarnation: incarnation, in_applied: applied } = await world().link('relay', victim);
      const recorded = seal(world().signerOf(victim), {
        ...{ type: 'tag.put', from: victim, to: RELAY, incarnation: Number(incarnation) },
        ...{ seq: Number(applied) + 1, sentAt: new Date().toISOString(), body: bodies()['tag.put'] },
      });
      await refused('wrong-signature', [['tag.put', recorded]]);
      expect((await world().link('relay', victim)).in_applied).toBe(applied);
    });
  });

  it('all of it alarms the coordinator, who sees how much of what', async () => {
    expect(await world().alarms()).toContain(`messages-rejected ${ATTACKER}`);
    const seen = await world().rejectedOf(ATTACKER);
    const rows = await world().rows<{ reason: string; count: number }>(
      'relay',
      'select reason, sum(count)::int as count from rejected_message where peer = $1 group by reason',
      [ATTACKER],
    );
    expect(seen).toEqual(Object.fromEntries(rows.map(({ reason, count }) => [reason, count])));
    expect(Object.keys(seen)).toEqual(
      expect.arrayContaining([
        'malformed',
        'unsigned',
        'wrong-receiver',
        'wrong-sender',
        'wrong-signature',
        'wrong-type',
      ]),
    );
  });
}
