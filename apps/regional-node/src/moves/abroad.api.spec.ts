import { momentInAmsterdam } from '#libs/calendar';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Mail } from '../mails/index.js';
import { WorkRunner } from '../scheduled-work/index.js';
import { Youth } from '../youths/index.js';
import { Move } from './move.entity.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url, VERIFICATIONS_PER_MINUTE: '1000000' });
  await node.app.get(WorkRunner, { strict: false }).look();
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

/** The register says this from now on, and the node verifies the next night. */
async function registerSays(gemeenteVanInschrijving: string, day: string): Promise<void> {
  await register.change(SANNE.bsn, { gemeenteVanInschrijving });
  node.clock.set(momentInAmsterdam(day, '12:00'));
  await node.app.get(WorkRunner, { strict: false }).look();
}
const municipality = async () =>
  (await node.dataSource.manager.find(Youth)).map((youth) => youth.municipality);
const subjects = async () =>
  (await node.dataSource.manager.find(Mail))
    .map(({ subject }) => subject)
    .filter((subject) => !subject.includes('contactgegevens'));

describe('a youth who goes abroad, is nowhere, and comes back', () => {
  it('has not moved to another municipality: nobody is told of a move', async () => {
    const teacher = await node.as('mn-leerkracht');
    const { body } = await teacher.post('/signals').send({ youth: SANNE, informed: 'yes' }).expect(201);
    expect(await municipality()).toEqual(['0344']);

    await registerSays('1999', '2026-11-26');
    expect(await municipality()).toEqual([null]);
    await registerSays('0000', '2026-11-27');
    expect(await municipality()).toEqual([null]);
    await registerSays('0344', '2026-11-28');
    expect(await municipality()).toEqual(['0344']);

    expect(await node.dataSource.manager.count(Move)).toBe(0);
    expect(await subjects()).toEqual([]);
    const signal = await (await node.as('mn-leerkracht')).get(`/signals/${body.id}`).expect(200);
    expect(signal.body).not.toHaveProperty('moved');
    const moves = await (await node.as('mn-procesmanager')).get('/moves').expect(200);
    expect(moves.body).toEqual({ moves: [] });
  });

  it('has moved when another municipality follows', async () => {
    await registerSays('0307', '2026-11-29');
    expect(await node.dataSource.manager.find(Move)).toMatchObject([{ municipality: '0307' }]);
    expect(await subjects()).toContainEqual(expect.stringContaining('verhuizing bij uw signaal'));
  });
});
