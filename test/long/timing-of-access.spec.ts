import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import { startNode, type TestNode } from '../../apps/regional-node/test/test-node.js';

/** Lives in Utrecht, as do the organisations that filed; the other is in no signal. */
const THEIRS = { bsn: '999910000', birthDate: '2012-03-14' };
const ABSENT = '999910048';
const PAIRS = 300;

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
  for (const subject of ['mn-leerkracht', 'mn-internbegeleider', 'mn-buurtteam'])
    await (await node.as(subject)).post('/signals').send({ youth: THEIRS, informed: 'yes' }).expect(201);
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

describe('the time that an answer takes', () => {
  it.each(['/subject-access/_overview', '/subject-access/_preview-erasure', '/archive/_preview-destruction'])(
    'does not tell what is not yours from what is absent: %s',
    async (door) => {
      const manager = await node.as('mn-procesmanager-zeist');
      const taken = { theirs: [] as number[], absent: [] as number[] };
      const ask = async (which: keyof typeof taken, bsn: string) => {
        const before = process.hrtime.bigint();
        await manager.post(door).send({ bsn }).expect(200);
        taken[which].push(Number(process.hrtime.bigint() - before) / 1e6);
      };
      for (let pair = 0; pair < PAIRS; pair += 1) {
        // the limit of a day would end it after five pairs
        await node.dataSource.query(`delete from audit_line where action <> 'signal-filed'`);
        // who goes first would be the slower one
        const both = [() => ask('theirs', THEIRS.bsn), () => ask('absent', ABSENT)];
        for (const one of pair % 2 === 0 ? both : both.reverse()) await one();
      }
      const slower = taken.theirs.filter((time, pair) => time > taken.absent[pair]!).length;
      const z = (slower - PAIRS / 2) / Math.sqrt(PAIRS / 4);
      const medians = { theirs: median(taken.theirs), absent: median(taken.absent) };
      // one in some ten thousand runs is further off by chance
      expect({ isNoise: Math.abs(z) < 4, z, medians }).toMatchObject({ isNoise: true });
      expect(Math.abs(medians.theirs - medians.absent)).toBeLessThan(0.15 * medians.absent + 1);
    },
    600_000,
  );
});
