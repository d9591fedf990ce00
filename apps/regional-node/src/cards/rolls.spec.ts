import { randomBytes } from 'node:crypto';
import { Link, OutboxMessage } from '#libs/messaging';
import {
  generateKeys,
  openRoll,
  RELAY,
  signRegister,
  signRoll,
  Signer,
  type KeyPairText,
  type Roll,
  type RollSend,
} from '#libs/protocol';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Registers, StoredRegister } from '../federation/index.js';
import { Handle } from '../handles/index.js';
import { Cards } from './cards.js';
import { FederatedMatch } from './federated-match.entity.js';
import { RollQuestion } from './roll-question.entity.js';
import { Rolls } from './rolls.js';

const OWN = 'midden-nederland';
const PEER = 'jeugdmatch';
const coordinator = generateKeys('ed25519');
const [ownKeys, peerKeys] = [generateKeys('ed25519'), generateKeys('ed25519')];
const name = () => randomBytes(16).toString('base64url');

let node: TestNode;
beforeAll(async () => {
  const own = { SIGNING_KEY: ownKeys.privateKey, SIGNING_PUBLIC_KEY: ownKeys.publicKey };
  node = await startNode({ COORDINATOR_KEY: coordinator.publicKey, ...own });
  const region = (id: string, { publicKey: signingKey }: KeyPairText) => ({
    ...{ id, name: id, municipalities: [], state: 'admitted' as const, dailyQuota: 1 },
    ...{ signingKey, cardKey: generateKeys('x25519').publicKey },
    certificateSubject: `CN=${id}`,
  });
  const register = signRegister(new Signer(coordinator), {
    ...{ v: 1, version: 1, issuedAt: '2026-09-01T09:30:00.000Z', epoch: 1, threshold: 2, keyHolders: [] },
    relay: { signingKey: generateKeys('ed25519').publicKey, certificateSubject: 'CN=relay' },
    regions: [region(OWN, ownKeys), region(PEER, peerKeys)],
  });
  await node.dataSource.manager.insert(StoredRegister, { version: 1, ...register });
  await node.app.get(Registers, { strict: false }).onModuleInit();
});
beforeEach(async () => {
  for (const table of [FederatedMatch, Handle, OutboxMessage, Link, RollQuestion])
    await node.dataSource.manager.clear(table);
});
afterAll(() => node.stop());

const rolls = () => node.app.get(Rolls, { strict: false });
/** A match with the other region, with a card of theirs, on a handle of its own. */
async function match({ ended = false } = {}): Promise<{ id: string; handle: Buffer }> {
  const handle = randomBytes(16);
  const at = node.clock.now();
  await node.dataSource.manager.insert(Handle, {
    ...{ handle, role: 'youth', personIndex: randomBytes(32), epoch: 1, createdAt: at },
    ...(ended ? { endedAt: at } : {}),
  });
  const id = name();
  await node.dataSource.manager.insert(FederatedMatch, {
    ...{ matchId: id, handle, peerRegion: PEER, epoch: 1, sendFirst: true, noticedAt: at },
    ...{ outIncarnation: 1, outN: 1, outContent: randomBytes(32) },
    ...(ended ? {} : { inIncarnation: 1, inN: 1, inCard: randomBytes(8) }),
  });
  return { id, handle };
}
/** What we have said, oldest first. */
async function said(): Promise<Roll[]> {
  const messages = await node.dataSource.manager.find(OutboxMessage, {
    where: { type: 'roll.send' },
    order: { id: 'asc' },
  });
  return messages.map(({ body }) => {
    const { toRegion, ...signed } = body as RollSend;
    return openRoll(signed, { from: OWN, to: toRegion, publicKey: ownKeys.publicKey })!;
  });
}
/** Asks, as every day. @returns the question */
async function ask(): Promise<string> {
  await rolls().daily();
  return (await said()).at(-1)!.question!;
}
/** Takes a roll of the other region, with these matches. */
const take = (matchIds: readonly string[], more: Partial<Roll>) =>
  node.dataSource.transaction((manager) => {
    const items = matchIds.map((matchId) => ({ matchId, opened: { incarnation: 1, n: 1 } }));
    const roll = signRoll(new Signer(peerKeys), { from: PEER, to: OWN, items, ...more });
    return rolls().taken(manager, [{ ...roll, fromRegion: PEER }]);
  });
/** As `take`, but the other region has not opened our cards. */
const takeUnopened = (matchIds: readonly string[], more: Partial<Roll>) =>
  take([], { ...more, items: matchIds.map((matchId) => ({ matchId })) });
/** Whether our card of a match is to be said again. */
const saidAgain = async (matchId: string) =>
  (await node.dataSource.manager.findOneByOrFail(FederatedMatch, { matchId })).outContent === null;
const askWhereWanted = () => node.dataSource.transaction((manager) => rolls().askWhereWanted(manager));
const left = async () =>
  (await node.dataSource.manager.find(FederatedMatch)).map(({ matchId }) => matchId).sort();

describe('a roll', () => {
  it('that answers our last question ends the matches that it does not list, and no other', async () => {
    const kept = await match();
    await match();
    const question = await ask();
    const persons = await take([kept.id], { answersTo: question });
    expect(await left()).toEqual([kept.id]);
    expect(persons).toHaveLength(1);
  });

  it('that answers an earlier question ends nothing: it may be old', async () => {
    const old = await ask();
    const { id } = await match();
    await ask();
    await take([], { answersTo: old });
    expect(await left()).toEqual([id]);
  });

  it('that answers no question ends nothing, but has us ask when it lacks one of our matches', async () => {
    const { id } = await match();
    await take([], {});
    expect(await left()).toEqual([id]);
    const [asked] = await said();
    expect(asked).toMatchObject({ to: PEER, items: [{ matchId: id }] });
    await take([], { answersTo: asked!.question });
    expect(await left()).toEqual([]);
  });

  it('ends nothing of which the relay has told again since we asked, but has us ask once more', async () => {
    const { id, handle } = await match();
    const question = await ask();
    const notice = {
      ...{ matchId: id, handle: handle.toString('base64url') },
      ...{ peerRegion: PEER, epoch: 1, sendFirst: false },
    };
    await node.dataSource.transaction((manager) =>
      node.app.get(Cards, { strict: false }).noticed(manager, [notice]),
    );
    await take([], { answersTo: question });
    expect(await left()).toEqual([id]);
    await askWhereWanted();
    const asked = (await said()).at(-1)!;
    expect(asked.question).not.toBe(question);
    await take([], { answersTo: asked.question });
    expect(await left()).toEqual([]);
    await askWhereWanted();
    expect(await said()).toHaveLength(2);
  });

  it('that answers our last question has a card said again that went before it, and that the other has not opened', async () => {
    const [{ id }, { id: other }] = [await match(), await match()];
    const question = await ask();
    const persons = await take([], {
      answersTo: question,
      items: [{ matchId: id }, { matchId: other, opened: { incarnation: 1, n: 1 } }],
    });
    expect(persons).toHaveLength(1);
    expect(await saidAgain(id)).toBe(true);
    expect(await saidAgain(other)).toBe(false);
  });

  it('has no card said again that may be on its way: one that will leave after the question, or was made since', async () => {
    const [{ id }, { id: later }] = [await match(), await match()];
    const card = { peer: RELAY, type: 'card.send', coalesceKey: `card:${id}`, body: {} };
    const at = node.clock.now();
    await node.dataSource.manager.insert(OutboxMessage, { ...card, createdAt: at, notBefore: at });
    const question = await ask();
    await node.dataSource.manager.update(FederatedMatch, { matchId: later }, { outN: 2 });
    await takeUnopened([id, later], { answersTo: question });
    expect([await saidAgain(id), await saidAgain(later)]).toEqual([false, false]);
  });

  it('has one said again that went before the question, confirmed by the relay or not', async () => {
    const { id } = await match();
    const card = { peer: RELAY, type: 'card.send', coalesceKey: `card:${id}`, body: {}, seq: '7' };
    const at = node.clock.now();
    await node.dataSource.manager.insert(OutboxMessage, { ...card, createdAt: at, notBefore: at });
    await takeUnopened([id], { answersTo: await ask() });
    expect(await saidAgain(id)).toBe(true);
  });

  it('that answers no question has no card said again, but has us ask when it lacks one of our cards', async () => {
    const { id } = await match();
    await takeUnopened([id], {});
    expect(await saidAgain(id)).toBe(false);
    const [asked] = await said();
    await takeUnopened([id], { answersTo: asked!.question });
    expect(await saidAgain(id)).toBe(true);
    expect(await said()).toHaveLength(1);
  });

  it('lets go of an ended handle whose last word the other side cannot be waited for', async () => {
    const { handle } = await match({ ended: true });
    await take([], { answersTo: await ask() });
    expect(await node.dataSource.manager.countBy(Handle, { handle })).toBe(0);
  });

  it('that asks is answered; an answer is neither answered nor asked about', async () => {
    const { id } = await match();
    await take([id], { question: name() });
    expect(await said()).toHaveLength(1);
    expect((await said())[0]!.question).toBeUndefined();
    const question = name();
    await take([], { question });
    expect((await said())[1]).toMatchObject({ answersTo: question, question: expect.any(String) });
    await take([], { answersTo: name() });
    expect(await said()).toHaveLength(2);
  });

  it('is asked for, once, where the relay does not know matches that are here', async () => {
    const [{ id }, { id: other, handle }] = [await match(), await match({ ended: true })];
    const closed = (notices: { matchId: string; unknown?: true }[]) =>
      node.dataSource.transaction(async (manager) =>
        rolls().want(manager, await node.app.get(Cards, { strict: false }).closed(manager, notices)),
      );
    await closed([
      { matchId: id, unknown: true },
      { matchId: other, unknown: true },
    ]);
    expect(await left()).toEqual([id, other].sort());
    await askWhereWanted();
    await askWhereWanted();
    const [asked, ...more] = await said();
    expect(more).toEqual([]);
    await take([id], { answersTo: asked!.question });
    expect(await left()).toEqual([id]);
    expect(await node.dataSource.manager.countBy(Handle, { handle })).toBe(0);
    await closed([{ matchId: name() }]);
    await askWhereWanted();
    expect(await said()).toHaveLength(1);
  });

  it('covers a range when there are many: what lies outside it is not touched', async () => {
    const ids = [(await match()).id, (await match()).id, (await match()).id].sort();
    const question = await ask();
    await take([], { answersTo: question, after: ids[0], upTo: ids[1] });
    expect(await left()).toEqual([ids[0], ids[2]]);
  });

  it('of a region that has yet to learn what it forgot is not sent', async () => {
    await node.dataSource.manager.insert(Link, { peer: RELAY, recovery: name() });
    await match();
    await rolls().daily();
    await take([], { question: name() });
    expect(await said()).toEqual([]);
  });
});
