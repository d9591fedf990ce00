import { randomBytes } from 'node:crypto';
import { OutboxMessage, type MessageContext } from '#libs/messaging';
import { generateKeys, signRegister, Signer } from '#libs/protocol';
import { startNode, type TestNode } from '../../test/test-node.js';
import { FederatedMatch, RollQuestion } from '../cards/index.js';
import { Registers, StoredRegister } from '../federation/index.js';
import { Handle } from '../handles/index.js';
import { MatchUpkeep } from './match-upkeep.js';
import { MatchesConsumer } from './matches.consumer.js';

const PEER = 'jeugdmatch';
const coordinator = generateKeys('ed25519');
let node: TestNode;
beforeAll(async () => {
  node = await startNode({ COORDINATOR_KEY: coordinator.publicKey });
  const region = (id: string) => ({
    ...{ id, name: id, municipalities: [], state: 'admitted' as const, dailyQuota: 1 },
    ...{ signingKey: generateKeys('ed25519').publicKey, cardKey: generateKeys('x25519').publicKey },
    certificateSubject: `CN=${id}`,
  });
  const relay = { signingKey: generateKeys('ed25519').publicKey, certificateSubject: 'CN=relay' };
  const register = signRegister(new Signer(coordinator), {
    ...{ v: 1, version: 1, issuedAt: '2026-09-01T09:30:00.000Z', epoch: 1, threshold: 2 },
    ...{ keyHolders: [], relay, regions: [region('midden-nederland'), region(PEER)] },
  });
  await node.dataSource.manager.insert(StoredRegister, { version: 1, ...register });
  await node.app.get(Registers, { strict: false }).onModuleInit();
});
afterAll(() => node.stop());

const newName = () => randomBytes(16).toString('base64url');
/** The relay says that it does not know these matches. */
const hear = (...matchIds: string[]) =>
  node.dataSource.transaction((manager) => {
    const notices = matchIds.map((matchId) => ({ matchId, unknown: true as const }));
    const batch = notices.map((body) => ({ type: 'match.closed' as const, body }));
    const context: Partial<MessageContext> = { manager, batch };
    return node.app.get(MatchesConsumer, { strict: false }).closed(notices, context);
  });
const wanted = () => node.dataSource.manager.countBy(RollQuestion, { wanted: true });

describe('a match that the relay does not know', () => {
  it('has its two regions compare, soon', async () => {
    const handle = randomBytes(16);
    const at = node.clock.now();
    await node.dataSource.manager.insert(Handle, {
      ...{ handle, role: 'youth', personIndex: randomBytes(32), epoch: 1, createdAt: at },
    });
    const matchId = newName();
    await node.dataSource.manager.insert(FederatedMatch, {
      ...{ matchId, handle, peerRegion: PEER, epoch: 1, sendFirst: true, noticedAt: at },
      ...{ inIncarnation: 1, inN: 1, inCard: randomBytes(8) },
    });
    await hear(newName());
    expect(await wanted()).toBe(0);
    await hear(matchId);
    expect(await wanted()).toBe(1);
    node.app.get(MatchUpkeep, { strict: false }).onApplicationBootstrap();
    for (let tries = 0; (await wanted()) > 0; tries += 1) {
      if (tries > 10_000) throw new Error('nobody asked');
      await new Promise((next) => setTimeout(next, 25));
    }
    const sent = await node.dataSource.manager.findBy(OutboxMessage, { type: 'roll.send' });
    expect(sent.map(({ body }) => (body as { toRegion: string }).toRegion)).toEqual([PEER]);
    expect(await node.dataSource.manager.existsBy(FederatedMatch, { matchId })).toBe(true);
  });
});
