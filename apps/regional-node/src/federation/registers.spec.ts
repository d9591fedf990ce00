import { generateKeys, RELAY, signRegister, Signer } from '#libs/protocol';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Registers, StoredRegister } from './index.js';

const coordinator = generateKeys('ed25519');
let node: TestNode;
beforeAll(async () => {
  node = await startNode({ COORDINATOR_KEY: coordinator.publicKey });
});
afterAll(() => node.stop());

describe('a node', () => {
  it('receives nothing before it has a register to verify with', async () => {
    const registers = node.app.get(Registers, { strict: false });
    expect(registers.channels()).toEqual([]);
    const signingKey = generateKeys('ed25519').publicKey;
    const register = signRegister(new Signer(coordinator), {
      ...{ v: 1, version: 1, issuedAt: '2026-09-01T09:30:00.000Z', epoch: 1, threshold: 2 },
      ...{ keyHolders: [], regions: [], relay: { signingKey, certificateSubject: 'CN=relay' } },
    });
    await node.dataSource.manager.insert(StoredRegister, { version: 1, ...register });
    await registers.onModuleInit();
    expect(registers.publicKeyOf(RELAY)).toBe(signingKey);
    expect(registers.channels()).toMatchObject([{ peer: RELAY }]);
  });
});
