import { AuditLine } from '../audit/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';

const OOST = { id: 'oost', name: 'Locatie Oost', municipality: '0344', phone: '030-000 00 91' };
const WEST = { id: 'west', name: 'Locatie West', municipality: '0307', phone: '030-000 00 92' };
const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };

let register: RegisterProcess;
let node: TestNode;
let coordinator: Agent;
let teacher: Agent;
let guardian: Agent;
let teacherId: string;

beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
  coordinator = await node.as('mn-coordinator');
  teacher = await node.as('mn-leerkracht');
  guardian = await node.as('mn-jeugdzorg');
  teacherId = (await teacher.get('/me').expect(200)).body.id as string;
});
afterAll(async () => {
  await node.stop();
  await register.stop();
});
beforeEach(() => set([]));

const set = (locations: object[], status = 200) =>
  coordinator.put('/locations').send({ locations }).expect(status);
const work = (location: string | null, status = 200) =>
  coordinator.patch(`/professionals/${teacherId}`).send({ location }).expect(status);

describe('the locations of an organisation', () => {
  it('are kept by its coordinator alone, and the logbook says so', async () => {
    await set([OOST, WEST]);
    expect((await coordinator.get('/locations').expect(200)).body).toEqual({ locations: [OOST, WEST] });
    const [line] = await node.dataSource.manager.find(AuditLine, { order: { id: 'desc' }, take: 1 });
    expect(line).toMatchObject({ action: 'locations-changed', fields: { locations: 2 } });
    const { body: page } = await (await node.as('mn-beheerder')).get('/audit?limit=1').expect(200);
    expect(page.people).toEqual([{ id: line!.actor, name: 'Carla Mulder' }]);
    for (const subject of ['mn-leerkracht', 'mn-procesmanager', 'mn-beheerder'])
      await (await node.as(subject)).put('/locations').send({ locations: [] }).expect(403);
    await (await node.as()).get('/locations').expect(401);
  });

  it.each([
    ['twice the same', [OOST, OOST], 'locations'],
    ['a key with capitals', [{ ...OOST, id: 'Oost' }], 'locations[0].id'],
    ['a link for a name', [{ ...OOST, name: 'www.kwaad.example' }], 'locations[0].name'],
    ['no municipality', [{ ...OOST, municipality: 'Utrecht' }], 'locations[0].municipality'],
    ['something else', [{ ...OOST, note: 'x' }], 'locations[0].note'],
  ])('are refused with %s, by field', async (_, locations, field) => {
    const { body } = await set(locations, 400);
    expect(body.invalidParams.map(({ name }: { name: string }) => name)).toEqual([field]);
  });

  it('are shown with the contact details of who works there, until they are gone', async () => {
    await set([OOST, WEST]);
    await work('noord', 400);
    expect((await work('oost')).body).toMatchObject({ id: teacherId, location: 'oost' });
    expect((await teacher.get('/me').expect(200)).body.organisation.location).toEqual(OOST);
    const { body: preview } = await teacher.post('/signals/_preview').send({ youth: SANNE }).expect(200);
    const shown = { location: 'Locatie Oost', locationPhone: '030-000 00 91' };
    expect(preview.othersWillSee).toMatchObject(shown);
    for (const agent of [teacher, guardian])
      await agent.post('/signals').send({ youth: SANNE, informed: 'yes' }).expect(201);
    const seen = async () => (await guardian.get('/matches').expect(200)).body[0].involved[0] as object;
    expect(await seen()).toMatchObject(shown);
    await set([{ ...OOST, phone: '030-000 00 93' }, WEST]);
    expect(await seen()).toMatchObject({ ...shown, locationPhone: '030-000 00 93' });
    await work(null);
    expect(await seen()).not.toHaveProperty('location');
    await work('west');
    expect(await seen()).toMatchObject({ location: 'Locatie West' });
    await set([OOST]);
    expect(await seen()).not.toHaveProperty('location');
    expect((await teacher.get('/me').expect(200)).body.organisation).not.toHaveProperty('location');
  });
});
