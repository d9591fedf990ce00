import { Federation } from '../../deploy/local/federation.js';
import { PARTS } from '../../deploy/local/environments.js';
import { query } from './database.js';
import { Stage, Unmet } from './stage.js';

const MINUTES = 60_000;
let federation: Federation;
let stage: Stage;

beforeAll(async () => {
  federation = await Federation.start({ probeSeconds: 8 });
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
