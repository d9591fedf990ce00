import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { WatchedRegister } from '../../test/watched-register.js';
import { AuditLine } from '../audit/index.js';

const HERS = { surname: 'Geheim', birthDate: '2010-10-10', sex: 'V' };
const SOMEBODYS = { surname: 'Voorbeeld', birthDate: '2012-03-14', sex: 'V' };
const NOBODYS = { surname: 'Onvindbaar', birthDate: '2012-03-14', sex: 'V' };
const PROTECTED_NUMBER = '999910358';

let simulator: RegisterProcess;
let watched: WatchedRegister;
let node: TestNode;
let police: Agent;
beforeAll(async () => {
  simulator = await new RegisterProcess().start();
  watched = await new WatchedRegister(() => simulator.url).start();
  node = await startNode({ PERSON_REGISTER_URL: watched.url, LOOK_UPS_PER_DAY: '1000' });
  police = await node.as('mn-politie');
});
afterAll(async () => {
  await node.stop();
  watched.stop();
  await simulator.stop();
});

/** Everything that comes of a search, byte by byte: the answer, the logbook, the number of questions to the register. */
async function seen(path: string, youth: object): Promise<string> {
  const lines = () => node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
  const before = (await lines()).length;
  watched.questions.length = 0;
  const { status, headers, text } = await police
    .post(path)
    .send({ youth, ...(path === '/signals' ? { informed: 'yes' } : {}) });
  const { date: _, ...kept } = headers as Record<string, string>;
  const logbook = (await lines()).slice(before).map(({ action, fields }) => ({ action, fields }));
  return JSON.stringify([status, kept, text, logbook, watched.questions.length]);
}

const RIGHT = { postcode: '3580ZD' };
const WRONG = { postcode: '3060ZE' };
const MISSING = {};

describe.each(['/signals/_preview', '/signals'])('a search by %s', (path) => {
  it.each([{}, { givenName: 'Wendy' }, { givenName: 'Wendy', houseNumber: '1' }])(
    'answers right and wrong postcode of a secret address alike, with %j',
    async (more) => {
      const right = await seen(path, { ...HERS, ...RIGHT, ...more });
      expect(right).toBe(await seen(path, { ...HERS, ...WRONG, ...more }));
      expect(right).toContain('[422,');
    },
  );

  it.each([{}, { givenName: 'Wendy' }, { givenName: 'Wendy', houseNumber: '1' }])(
    'answers a secret address, another and nobody alike at a wrong and a missing postcode, with %j',
    async (more) => {
      for (const postcode of [WRONG, MISSING]) {
        const nobodys = await seen(path, { ...NOBODYS, ...postcode, ...more });
        expect(await seen(path, { ...HERS, ...postcode, ...more })).toBe(nobodys);
        expect(await seen(path, { ...SOMEBODYS, ...postcode, ...more })).toBe(nobodys);
      }
    },
  );
});

it('asks the same when there is no postcode as when it is wrong, until the given name is there', async () => {
  expect(await seen('/signals/_preview', { ...HERS, ...MISSING })).toBe(
    await seen('/signals/_preview', { ...HERS, ...WRONG }),
  );
  expect(await seen('/signals/_preview', { ...HERS, ...MISSING, givenName: 'Wendy' })).toContain(
    'youth.postcode',
  );
});

it('does not change with the secrecy of an address, but where the right postcode leads to somebody', async () => {
  const searches = [WRONG, MISSING].flatMap((postcode) =>
    [{}, { givenName: 'Jade' }, { givenName: 'Wendy' }].map((more) => ({ ...HERS, ...postcode, ...more })),
  );
  const all = async () => {
    const answers: string[] = [];
    for (const youth of searches) answers.push(await seen('/signals/_preview', youth));
    return answers;
  };
  const secret = await all();
  await simulator.change(PROTECTED_NUMBER, { geheimhouding: false });
  expect(await all()).toEqual(secret);
  expect(await seen('/signals/_preview', { ...HERS, ...RIGHT })).toContain('[200,');
  await simulator.change(PROTECTED_NUMBER, { geheimhouding: true });
});
