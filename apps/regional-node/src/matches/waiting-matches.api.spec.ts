import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Professional } from '../directory/index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
});
afterAll(async () => {
  await node.stop();
  await register.stop();
});

const get = async (subject: string, path: string): Promise<unknown> =>
  (await (await node.as(subject)).get(path).expect(200)).body;
const file = async (subject: string): Promise<unknown> =>
  (await node.as(subject)).post('/signals').send({ youth: SANNE, informed: 'yes' }).expect(201);
const versionOf = (subject: string) => get(subject, '/matches/version');

describe('matches that wait for contact', () => {
  it('are told to the coordinator in numbers, to nobody of another organisation, and until there is contact', async () => {
    expect(await get('mn-coordinator', '/waiting-matches')).toEqual([]);
    await file('mn-leerkracht');
    expect(await get('mn-coordinator', '/waiting-matches')).toEqual([]);
    const before = await versionOf('mn-leerkracht');

    await file('mn-jeugdzorg');
    const { id, name } = await node.dataSource.manager.findOneByOrFail(Professional, {
      subject: 'mn-leerkracht',
    });
    // the one of youth care waits too, and is not of this organisation
    expect(await get('mn-coordinator', '/waiting-matches')).toEqual([
      { professionalId: id, name, matches: 1, since: '2026-11-24T10:00:00.000Z' },
    ]);
    expect(await versionOf('mn-leerkracht')).not.toEqual(before);
    expect(await versionOf('mn-leerkracht')).toEqual(await versionOf('mn-leerkracht'));
    expect(await versionOf('mn-buurtteam')).toEqual({ version: 'none' });

    const [match] = (await get('mn-jeugdzorg', '/matches')) as { involved: { id: string }[] }[];
    await (
      await node.as('mn-jeugdzorg')
    )
      .post(`/matches/${match!.involved[0]!.id}/_contact-made`)
      .expect(204);
    expect(await get('mn-coordinator', '/waiting-matches')).toEqual([]);
  });
});
