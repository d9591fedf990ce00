import type { NatsConnection } from '@nats-io/transport-node';
import { personInput, SodiumOprf } from '#libs/pseudonyms';
import { Federation, HOLDERS, type HolderId } from './federation.js';

describe('the key ceremony of three holders', () => {
  let federation: Federation;
  let region: NatsConnection;

  beforeAll(async () => {
    federation = await Federation.start();
    region = await federation.connectAs('noord');
  });
  afterAll(() => federation?.stop());
  beforeEach(() => federation.renewDatabases());
  afterEach(() => federation.closeHolders());

  it('gives all of them the same manifest, signed by all', async () => {
    await federation.startHolders();
    const [first, ...rest] = await federation.manifests(region);
    expect(rest).toEqual([first, first]);
    expect(first!.publicShares.map(({ keyHolder }) => keyHolder)).toEqual(HOLDERS);
  });

  it('gives any two of them the same secret for a person', async () => {
    await federation.startHolders();
    const [manifest] = await federation.manifests(region);
    const suite = await SodiumOprf.load();
    const inputs = ['999990019', '999990020'].map((number) => personInput('youth', 'bsn', number));
    const pairs: HolderId[][] = [
      ['holder-1', 'holder-2'],
      ['holder-1', 'holder-3'],
      ['holder-2', 'holder-3'],
    ];
    const outcomes: string[][] = [];
    for (const pair of pairs) {
      const secrets = await federation.thresholdEvaluation(region, suite, manifest!, pair).evaluate(inputs);
      outcomes.push(secrets.map((secret) => Buffer.from(secret.revealBytes()).toString('hex')));
    }
    expect(new Set(outcomes.map(String)).size).toBe(1);
    expect(new Set(outcomes[0]).size).toBe(2);
  });
});
