import { empty } from '../../../../test/database/empty.js';
import { createHash, randomBytes } from 'node:crypto';
import { Outbox, OutboxMessage, PeerForms, SetAside, StoredForms } from '#libs/messaging';
import { RELAY, openCard, type CardSend, type ContactCard } from '#libs/protocol';
import { PersonSecret } from '#libs/pseudonyms';
import { SealingKey } from '#libs/sealing';
import { only, OWN, startFederatedNode, type FederatedNode } from '../../test/federated-node.js';
import { Professional } from '../directory/index.js';
import { Registers } from '../federation/index.js';
import { Handle } from '../handles/index.js';
import { Matches } from '../matches/index.js';
import { Signal, Youth } from '../youths/index.js';
import { Cards, FederatedMatch } from './index.js';

type Region = 'jeugdmatch' | 'gestopt';
const PEER = 'jeugdmatch';

let node: FederatedNode<Region>;
beforeAll(async () => {
  node = await startFederatedNode<Region>(
    { [OWN]: {}, jeugdmatch: {}, gestopt: { state: 'suspended' } },
    { INVALID_MESSAGES: 'set-aside' },
  );
});
beforeEach(async () => {
  await node.startOver();
  await empty(node.dataSource, 'set_aside, peer_forms');
});
afterAll(() => node?.stop());

const get = <T>(type: new (...parts: never[]) => T): T => node.app.get(type, { strict: false });
const secretOf = (index: Buffer) => new PersonSecret(createHash('sha512').update(index).digest());

/** A signal, the key holders' answer, and the relay's announcement of a match with another region. */
async function matched(peerRegion: Region = PEER, sendFirst = true): Promise<FederatedMatch> {
  const { youthId } = await node.file('mn-leerkracht');
  const youth = await node.dataSource.manager.findOneByOrFail(Youth, { id: youthId });
  const handle = only(await node.dataSource.manager.findBy(Handle, { role: 'youth' }));
  const secret = get(SealingKey).seal(
    `handle-secret/${handle.handle.toString('hex')}`,
    secretOf(youth.bsnIndex!).revealBytes(),
  );
  await node.dataSource.manager.update(Handle, { handle: handle.handle }, { secret, pendingInput: null });
  const matchId = randomBytes(16).toString('base64url');
  const announcement = {
    matchId,
    handle: handle.handle.toString('base64url'),
    peerRegion,
    epoch: 1,
    sendFirst,
  };
  await node.receive('match.found', [announcement], async ({ manager }) =>
    get(Matches).settle(manager, await get(Cards).noticed(manager, [announcement])),
  );
  return node.dataSource.manager.findOneByOrFail(FederatedMatch, { matchId });
}
const settle = () =>
  node.dataSource.transaction(async (manager) =>
    get(Matches).settle(manager, await get(Cards).toRenew(manager)),
  );
/** The card that waits to be sent, as the other region reads it. */
async function waiting(match: FederatedMatch): Promise<ContactCard | undefined> {
  const [message] = await node.dataSource.manager.find(OutboxMessage, { where: { type: 'card.send' } });
  if (!message) return undefined;
  const { toRegion: to, ...sealed } = message.body as CardSend;
  const handle = only(await node.dataSource.manager.findBy(Handle, { role: 'youth' }));
  const binding = { matchId: match.matchId, from: OWN, to, epoch: 1, version: sealed.version };
  const key = secretOf(handle.personIndex).cardKey(1);
  const [own, other] = [node.cards[to as Region], node.cards[OWN].publicKey];
  return (await openCard(sealed, binding, own, other, key)).document;
}
const setAside = () => get(SetAside).list(node.dataSource.manager);
const speak = (forms: string[]) =>
  node.dataSource.manager.upsert(
    StoredForms,
    { party: PEER, forms, since: new Date(), document: '{}', signature: '', isDoubted: false },
    ['party'],
  );
/** The person register does not know since when the youth lives where they do. */
const forgetDay = () => node.dataSource.query('update youth set residence_as_of = null');
const receipt = async (match: FederatedMatch, outcome: 'opened' | 'unopenable') => {
  const { outIncarnation: incarnation, outN: n } = match;
  await node.dataSource.transaction((manager) =>
    get(Cards).confirmed(manager, [
      { matchId: match.matchId, version: { incarnation, n }, outcome, fromRegion: PEER },
    ]),
  );
};
const again = (match: FederatedMatch) =>
  node.dataSource.manager.findOneByOrFail(FederatedMatch, { matchId: match.matchId });

describe('a residence of which the register does not know the day', () => {
  it('goes without a day to a region that reads that, and not at all to one that does not', async () => {
    const match = await matched();
    await forgetDay();
    await get(Cards).lookAgain(node.dataSource.manager, [PEER]);
    await settle();
    const oldest = await waiting(match);
    expect(oldest!.entries).toHaveLength(1);
    expect(oldest).not.toHaveProperty('residence');

    await speak(['card/1.0', 'card/1.1']);
    await get(Cards).lookAgain(node.dataSource.manager, [PEER]);
    await settle();
    expect((await waiting(match))!.residence).toEqual({ municipality: expect.stringMatching(/^\d{4}$/) });
    expect((await again(match)).outForm).toBe('card/1.1');
  });

  it('goes once more in the oldest form when the other region could not open it, and stays so until it says more', async () => {
    await speak(['card/1.0', 'card/1.1']);
    const match = await matched();
    await forgetDay();
    await get(Cards).lookAgain(node.dataSource.manager, [PEER]);
    await settle();
    const sent = await again(match);
    await receipt(sent, 'unopenable');
    await settle();
    const resent = await again(match);
    expect([resent.outForm, resent.outN]).toEqual(['card/1.0', sent.outN + 1]);
    expect(await waiting(match)).not.toHaveProperty('residence');
    // and not a second time
    await receipt(resent, 'unopenable');
    await settle();
    expect((await again(match)).outN).toBe(resent.outN);
    expect(
      await new PeerForms(node.dataSource, node.clock).speaks(node.dataSource.manager, PEER, 'card/1.1'),
    ).toBe(false);
  });
});

describe('a card that the other side would refuse', () => {
  const wrong = () =>
    node.dataSource.query(`update professional set phone = 'bel mij' where subject = 'mn-leerkracht'`);
  afterEach(() =>
    node.dataSource.query(`update professional set phone = '030 000 00 01' where subject = 'mn-leerkracht'`),
  );

  it('is set aside and shown by class and field; the signal is filed, and the card goes when it is right', async () => {
    await wrong();
    const match = await matched();
    expect(await node.dataSource.manager.count(Signal)).toBe(1);
    expect(await waiting(match)).toBeUndefined();
    expect(await setAside()).toEqual([
      expect.objectContaining({
        kind: 'card',
        className: 'ContactCard',
        fields: expect.stringMatching(/^entries\.0\.phone/),
      }),
    ]);
    const shown = await (await node.as('mn-beheerder')).get('/federation').expect(200);
    expect((shown.body as { setAside: object[] }).setAside).toHaveLength(1);
    expect(JSON.stringify(shown.body)).not.toContain('bel mij');

    const professional = { phone: '030 000 00 01' };
    await node.dataSource.manager.update(Professional, { subject: 'mn-leerkracht' }, professional);
    // as after an upgrade: another version set it aside
    await node.dataSource.query(`update set_aside set software_version = '0.0.0'`);
    await settle();
    expect((await waiting(match))!.entries).toMatchObject([professional]);
    expect(await setAside()).toEqual([]);
  });
});

describe('a message that the relay would refuse', () => {
  const erased = { tokens: ['no token'] };

  it('is set aside, holds up nothing behind it, and is queued again by another version that makes it right', async () => {
    const { manager } = node.dataSource;
    await get(Outbox).enqueue(manager, RELAY, 'erased', erased, { coalesceKey: 'a' });
    await get(Outbox).enqueue(manager, RELAY, 'erased', { tokens: [randomBytes(16).toString('base64url')] });
    expect(await manager.countBy(OutboxMessage, { type: 'erased' })).toBe(1);
    expect(await setAside()).toMatchObject([{ kind: 'message', className: 'Erased', fields: 'tokens' }]);
    await get(Outbox).retrySetAside(manager);
    expect(await setAside()).toHaveLength(1);

    await node.dataSource.query(
      `update set_aside set software_version = '0.0.0', message = jsonb_set(message, '{body,tokens}', $1)`,
      [JSON.stringify([randomBytes(16).toString('base64url')])],
    );
    await get(Outbox).retrySetAside(manager);
    expect(await manager.countBy(OutboxMessage, { type: 'erased' })).toBe(2);
    expect(await setAside()).toEqual([]);
  });
  it('is taken back with its key', async () => {
    const { manager } = node.dataSource;
    await get(Outbox).enqueue(manager, RELAY, 'erased', erased, { coalesceKey: 'b' });
    await get(Outbox).retract(manager, RELAY, 'b');
    expect(await setAside()).toEqual([]);
  });
});

describe('a match with a region that is suspended by the register that this node has', () => {
  it('is kept, and our card goes when the region takes part again', async () => {
    const match = await matched('gestopt');
    expect((await again(match)).outN).toBe(0);
    const registers = get(Registers);
    const { regions } = registers.current()!;
    const suspended = regions.find(({ id }) => id === 'gestopt')!;
    suspended.state = 'admitted';
    try {
      await get(Cards).lookAgain(node.dataSource.manager, ['gestopt']);
      await settle();
      expect((await waiting(match))!.entries).toHaveLength(1);
    } finally {
      suspended.state = 'suspended';
    }
  });
  it('is not told to be over by a card that comes before the register does', async () => {
    const match = await matched('gestopt');
    const card = {
      ...{ matchId: match.matchId, version: { incarnation: 1, n: 1 }, fromRegion: 'gestopt' },
      ...{ enc: randomBytes(32).toString('base64url'), ciphertext: randomBytes(64).toString('base64url') },
    };
    await node.dataSource.transaction((manager) => get(Cards).delivered(manager, [card]));
    expect(await node.dataSource.manager.countBy(OutboxMessage, { type: 'receipt.send' })).toBe(0);
  });
});
