import { Federation } from '../../deploy/local/federation.js';
import { PARTS } from '../../deploy/local/environments.js';
import { query } from './database.js';
import { Stage, Unmet } from './stage.js';

const MINUTES = 60_000;
const OLD = 'jeugdmatch';
let federation: Federation;
let stage: Stage;

beforeAll(async () => {
  federation = await Federation.start({
    probeSeconds: 8,
    // one region speaks the wire of release 0.1.0
    settings: (program, settings) =>
      Promise.resolve(program === OLD ? { ...settings, WIRE: '1.0' } : settings),
  });
  stage = new Stage(federation);
}, 15 * MINUTES);
afterAll(() => federation?.stop());

interface RegionProbes {
  id: string;
  probes: { region: string; lastMatchAt?: string; overdue: boolean }[];
}
const regions = async () =>
  (await stage.visitor('landelijk-coordinator').read<{ regions: RegionProbes[] }>('regions')).regions;
/** Every pair of regions has had a synthetic match after this moment, by the word of both. */
const allMatchedSince = (moment: string) =>
  stage.eventually(async () => {
    const seen = (await regions()).flatMap(({ probes }) => probes);
    const since = seen.filter(({ lastMatchAt }) => lastMatchAt !== undefined && lastMatchAt > moment);
    if (since.length < 6) throw new Unmet(`${since.length} of 6 since ${moment}`);
  }, 300);

it(
  'synthetic matches flow between every two regions, turn after turn, and nobody sees them',
  async () => {
    await allMatchedSince('');
    await allMatchedSince(new Date().toISOString());
    for (const { id, accounts } of federation.regions) {
      for (const { subject, roles } of accounts)
        if (roles.includes('professional')) expect(await stage.visitor(subject).read('matches')).toEqual([]);
      expect(await query(federation.postgres.urlOf(id), 'select from signal')).toEqual([]);
    }
    expect(await stage.mailbox.all()).toEqual([]);
  },
  15 * MINUTES,
);

it('of all parties but the one that holds back to the wire of release 0.1.0 the relay knows which forms they speak', async () => {
  await stage.eventually(async () => {
    const figures = await (await fetch(`${federation.relay.url}/metrics`)).text();
    const speak = [...figures.matchAll(/^relay_party_speaks\{party="([^"]+)",form="card\/1.1"\} 1$/gm)].map(
      ([, party]) => party!,
    );
    const others = federation.regions.map(({ id }) => id).filter((id) => id !== OLD);
    if (speak.length < 1 + others.length + federation.plan.keyHolders.length)
      throw new Unmet(`only ${speak.join(', ')} speak`);
    expect(speak.sort()).toEqual(
      ['relay', ...others, ...federation.plan.keyHolders.map(({ id }) => id)].sort(),
    );
  }, 120);
});

it(
  'that stop to flow are seen, and alarm',
  async () => {
    await federation.stopPart(PARTS.keyHolder(0));
    await federation.stopPart(PARTS.keyHolder(1));
    await stage.eventually(async () => {
      const { alarms } = await stage
        .visitor('landelijk-coordinator')
        .read<{ alarms: { kind: string; party: string }[] }>('alarms');
      const overdue = alarms.filter(({ kind }) => kind === 'probes-overdue').map(({ party }) => party);
      if (overdue.length < 3) throw new Unmet(`overdue: ${overdue.join(', ') || 'none'}`);
    }, 300);
  },
  15 * MINUTES,
);
