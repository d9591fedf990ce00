import { randomUUID } from 'node:crypto';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Professional, type Role } from '../directory/index.js';
import { Signal } from '../youths/index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const OLGA = 'mn-jeugdverpleegkundige';
const TEAM = 'buurtteam-utrecht';
const HEALTH = 'jgz-amersfoort';

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
});
beforeEach(async () => {
  node = await startNode({ PERSON_REGISTER_URL: register.url, LOOK_UPS_PER_DAY: '3' });
});
afterEach(() => node.stop());
afterAll(() => register.stop());

const designation = (subject: string, organisationId: string) =>
  node.dataSource.manager.findOneByOrFail(Professional, { subject, organisationId });
const idOf = async (subject: string, organisation: string) => (await designation(subject, organisation)).id;
const me = async (organisation?: string) =>
  (await (await node.as(OLGA, organisation)).get('/me').expect(200)).body;
/** Gives somebody a designation in another organisation. */
const alsoAt = async (subject: string, organisationId: string, roles: Role[], designated = false) => {
  const [known] = await node.dataSource.manager.findBy(Professional, { subject });
  const id = randomUUID();
  await node.dataSource.manager.insert(Professional, {
    ...{ ...known!, id, organisationId, locationId: null, roles, designated },
    ...{ municipality: roles.includes('process-manager') ? '0344' : null, deputyId: null },
  });
  return id;
};

describe('somebody who works for two organisations', () => {
  it('acts for the first by name until they choose, and sees what else they are', async () => {
    const { id, organisation, others } = await me();
    expect([id, organisation.id]).toEqual([await idOf(OLGA, TEAM), TEAM]);
    expect(others).toEqual([
      {
        id: await idOf(OLGA, HEALTH),
        function: 'Jeugdverpleegkundige',
        organisation: { id: HEALTH, name: 'Jeugdgezondheidszorg Amersfoort' },
      },
    ]);
  });

  it('acts for the one that they chose, which the browser remembers after a new login', async () => {
    const chosen = await idOf(OLGA, HEALTH);
    const agent = await node.as(OLGA);
    const answer = await agent.post('/me/_act-as').send({ professional: chosen }).expect(204);
    const [cookie] = answer.get('Set-Cookie')!;
    expect(cookie).toMatch(new RegExp(`^vi-midden-nederland-choice=${chosen}; Max-Age=31536000; Path=/;`));
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax$/);
    const later = await me(HEALTH);
    expect([later.id, later.function, later.others[0].organisation.id]).toEqual([
      ...[chosen, 'Jeugdverpleegkundige', TEAM],
    ]);
  });

  it('files under the designation in use, once under each', async () => {
    for (const organisation of [TEAM, HEALTH]) {
      const agent = await node.as(OLGA, organisation);
      const request = { youth: SANNE, informed: 'yes' };
      const { body } = await agent.post('/signals').send(request).expect(201);
      await agent.post('/signals').send(request).expect(409);
      const { professionalId } = await node.dataSource.manager.findOneByOrFail(Signal, { id: body.id });
      expect(professionalId).toBe(await idOf(OLGA, organisation));
      const listed = (await agent.get('/signals').expect(200)).body.signals as { number: string }[];
      expect(listed.map(({ number }) => number)).toEqual([body.number]);
    }
    const lines = await node.dataSource.manager.findBy(AuditLine, { action: 'signal-filed' });
    expect(lines.map(({ actor }) => actor).sort()).toEqual(
      [await idOf(OLGA, TEAM), await idOf(OLGA, HEALTH)].sort(),
    );
  });

  it('cannot end or renew what they filed for the other organisation', async () => {
    const team = await node.as(OLGA, TEAM);
    const request = { youth: SANNE, informed: 'yes' };
    const { body } = await team.post('/signals').send(request).expect(201);
    const health = await node.as(OLGA, HEALTH);
    await health.post(`/signals/${body.id}/_end`).send({ reason: 'not-justified' }).expect(404);
    await health.post(`/signals/${body.id}/_renew`).send({ informed: 'yes' }).expect(404);
  });

  it.each([
    ['of somebody else', () => idOf('mn-leerkracht', 'basisschool-de-linde')],
    ['of nobody', () => Promise.resolve('3b241101-e2bb-4255-8caf-4136c566a962')],
  ])('cannot act as a designation %s: the answer is that it is absent', async (_whose, id) => {
    const agent = await node.as(OLGA);
    const answer = await agent
      .post('/me/_act-as')
      .send({ professional: await id() })
      .expect(404);
    expect([answer.body.code, answer.get('Set-Cookie')]).toEqual(['not-found', undefined]);
  });

  it('gets no further with a cookie that names the designation of somebody else', async () => {
    const asking = (await node.as('mn-leerkracht')).get('/me');
    const cookies = `${asking.get('Cookie')}; vi-midden-nederland-choice=${await idOf(OLGA, TEAM)}`;
    const { body } = await asking.set('Cookie', cookies).expect(200);
    expect([body.name, body.others]).toEqual(['Anna de Wit', []]);
  });

  it('goes on for the other when they leave one, and can no longer choose the one they left', async () => {
    const left = await idOf(OLGA, HEALTH);
    const chosen = await node.as(OLGA, HEALTH);
    await node.dataSource.manager.update(
      Professional,
      { id: left },
      { roles: [], designated: false, departedOn: '2026-11-24' },
    );
    const { body } = await chosen.get('/me').expect(200);
    expect([body.organisation.id, body.others]).toEqual([TEAM, []]);
    await chosen.post('/me/_act-as').send({ professional: left }).expect(404);
    await node.dataSource.manager.update(Professional, { subject: OLGA }, { departedOn: '2026-11-24' });
    await chosen.get('/me').expect(403);
  });

  it('has the roles of the designation in use, and of no other', async () => {
    await alsoAt('mn-leerkracht', 'gemeente-utrecht', ['operator']);
    await (await node.as('mn-leerkracht', 'basisschool-de-linde')).get('/audit').expect(403);
    const operator = await node.as('mn-leerkracht', 'gemeente-utrecht');
    await operator.get('/audit').expect(200);
    await operator.get('/signals').expect(403);
  });

  it('acts for the other where a designation has no role any more', async () => {
    await alsoAt('mn-leerkracht', 'gemeente-amersfoort', []);
    const { body } = await (await node.as('mn-leerkracht', 'gemeente-amersfoort')).get('/me').expect(200);
    expect([body.organisation.id, body.others]).toEqual(['basisschool-de-linde', []]);
  });

  it('looks up as often in a day as anybody else, under all designations together', async () => {
    const preview = async (organisation: string, status: number) =>
      (await node.as(OLGA, organisation)).post('/signals/_preview').send({ youth: SANNE }).expect(status);
    await preview(TEAM, 200);
    await preview(HEALTH, 200);
    await preview(TEAM, 200);
    await preview(TEAM, 429);
    await preview(HEALTH, 429);
  });

  it('asks for ten overviews a day as process manager of two municipalities, not for twenty', async () => {
    await alsoAt('mn-procesmanager', 'gemeente-zeist', ['process-manager']);
    const ask = async (organisation: string, status: number) =>
      (await node.as('mn-procesmanager', organisation))
        .post('/subject-access/_overview')
        .send({ bsn: SANNE.bsn })
        .expect(status);
    for (let n = 0; n < 5; n += 1) {
      await ask('gemeente-utrecht', 200);
      await ask('gemeente-zeist', 200);
    }
    await ask('gemeente-utrecht', 429);
    await ask('gemeente-zeist', 429);
  });
});
