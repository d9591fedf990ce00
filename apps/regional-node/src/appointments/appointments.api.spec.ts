import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { setTimeout as pause } from 'node:timers/promises';
import { compiled } from '../../../../deploy/local/project-root.js';
import { AuditLine, MACHINE } from '../audit/index.js';
import { Covenant } from '../covenant/index.js';
import { Professional, type Role } from '../directory/index.js';
import { operate } from '../operator/index.js';
import { environmentFor } from '../../test/test-node.js';
import type { AppointmentsShown } from './index.js';

let database: TestDatabase;
let environment: Record<string, string>;
let node: TestNode;
let operator: Agent;
beforeEach(async () => {
  database = await createTestDatabase();
  environment = environmentFor(database.url);
  node = await startNode(environment, database);
  operator = await node.as('mn-beheerder');
});
afterEach(async () => {
  await node.stop();
  await database.drop();
});

const find = (subject: string) => node.dataSource.manager.findOneByOrFail(Professional, { subject });
const idOf = async (subject: string) => (await find(subject)).id;
const shown = async (by = operator): Promise<AppointmentsShown> =>
  (await by.get('/appointments').expect(200)).body as AppointmentsShown;
const appoint = (request: object, status = 204) =>
  operator.post('/appointments').send(request).expect(status);
const dismiss = async (subject: string, request: object, status = 204) =>
  operator
    .post(`/appointments/${await idOf(subject)}/_dismiss`)
    .send(request)
    .expect(status);
const lines = async () =>
  (await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } }))
    .filter(({ action }) => /manager|coordinator|operator/.test(action))
    .map(({ actor, action, fields }) => ({ actor, action, ...fields }));

describe('a process manager', () => {
  it('is appointed, gets another municipality and a deputy, and is dismissed; who did it is in the logbook', async () => {
    const professional = await idOf('mn-buurtteam');
    const deputy = await idOf('mn-procesmanager');
    await appoint({ role: 'process-manager', professional, municipality: '0307' });
    await operator.patch(`/appointments/${professional}`).send({ municipality: '0355', deputy }).expect(204);
    expect((await shown()).appointments).toContainEqual(
      expect.objectContaining({
        ...{ id: professional, role: 'process-manager', municipality: '0355' },
        deputy: expect.objectContaining({ id: deputy }) as object,
      }),
    );
    await (await node.as('mn-buurtteam')).get('/match-queue').expect(200);
    await dismiss('mn-buurtteam', { role: 'process-manager' });
    await (await node.as('mn-buurtteam')).get('/match-queue').expect(403);
    expect(await find('mn-buurtteam')).toMatchObject({
      roles: ['professional'],
      municipality: null,
      deputyId: null,
    });
    const actor = await idOf('mn-beheerder');
    expect(await lines()).toEqual([
      { actor, action: 'process-manager-appointed', professional, municipality: '0307' },
      { actor, action: 'process-manager-changed', professional, municipality: '0355', deputy },
      { actor, action: 'process-manager-dismissed', professional },
    ]);
  });

  it('who is the last of a municipality goes only when that is accepted by name', async () => {
    const { body } = await dismiss('mn-procesmanager-zeist', { role: 'process-manager' }, 400);
    expect(body).toMatchObject({
      code: 'municipality-not-accepted',
      invalidParams: [{ name: 'accepted.0355', code: 'without-process-manager' }],
    });
    await dismiss('mn-procesmanager-zeist', { role: 'process-manager', accepted: ['0344'] }, 400);
    const id = await idOf('mn-procesmanager-zeist');
    await operator.patch(`/appointments/${id}`).send({ municipality: '0307' }).expect(400);
    expect(await find('mn-procesmanager-zeist')).toMatchObject({ municipality: '0355' });
    expect((await shown()).warnings).toEqual([]);
    await dismiss('mn-procesmanager-zeist', { role: 'process-manager', accepted: ['0355'] });
    expect((await shown()).warnings).toEqual([
      { code: '0355', name: 'Zeist', why: 'without-process-manager' },
    ]);
    expect(await lines()).toMatchObject([{ action: 'process-manager-dismissed', accepted: ['0355'] }]);
  });

  it.each([
    ['without a municipality', {}, 'municipality'],
    ['of an ended municipality', { municipality: '0530' }, 'accepted.0530'],
    ['of a code that no table has', { municipality: '9876' }, 'accepted.9876'],
    ['of no code', { municipality: 'Zeist' }, 'municipality'],
    ['with a deputy who is none', { municipality: '0307', deputy: 'x' }, 'deputy'],
  ])('is not appointed %s', async (_what, request, field) => {
    const professional = await idOf('mn-buurtteam');
    const { body } = await appoint({ role: 'process-manager', professional, ...request }, 400);
    expect((body as { invalidParams: { name: string }[] }).invalidParams[0]!.name).toBe(field);
    expect(await find('mn-buurtteam')).toMatchObject({ roles: ['professional'] });
    expect(await lines()).toEqual([]);
  });

  it('of a code that no table has is appointed when that is accepted by name', async () => {
    const professional = await idOf('mn-buurtteam');
    const role = 'process-manager';
    await appoint({ role, professional, municipality: '9876', accepted: ['9876'] });
    const { body } = await operator.get('/municipalities/table').expect(200);
    expect(body).toMatchObject({ asOf: '2026-01-01', old: false, inUse: 342, unknown: ['9876'] });
  });

  it('is not appointed or changed by themselves', async () => {
    const own = await idOf('mn-beheerder');
    for (const role of ['process-manager', 'coordinator'])
      expect((await appoint({ role, professional: own, municipality: '0355' }, 400)).body).toMatchObject({
        invalidParams: [{ name: role === 'coordinator' ? 'municipality' : 'professional' }],
      });
    expect((await appoint({ role: 'coordinator', professional: own }, 400)).body).toMatchObject({
      invalidParams: [{ name: 'professional', code: 'oneself' }],
    });
    await node.dataSource.manager.update(
      Professional,
      { id: own },
      { roles: ['operator', 'process-manager'], municipality: '0355' },
    );
    await operator.patch(`/appointments/${own}`).send({ municipality: '0344' }).expect(400);
  });

  it('of a covenant to come goes only when that is accepted by name', async () => {
    const { document } = await node.dataSource.manager.findOneByOrFail(Covenant, { version: 1 });
    const municipalities = document.municipalities.filter(({ code }) => code !== '0355');
    await node.dataSource.query('update covenant set document = $1', [{ ...document, municipalities }]);
    await node.dataSource.manager.insert(Covenant, {
      ...{ version: 2, document, effectiveFrom: '2099-01-01', recordedAt: new Date(), activatedAt: null },
    });
    await node.stop();
    node = await startNode(environment, database);
    operator = await node.as('mn-beheerder');
    const { body } = await dismiss('mn-procesmanager-zeist', { role: 'process-manager' }, 400);
    expect(body).toMatchObject({ invalidParams: [{ name: 'accepted.0355' }] });
  });

  it('is not appointed while they depart', async () => {
    const id = await idOf('mn-buurtteam');
    let answer: Promise<unknown> = Promise.resolve();
    await node.dataSource.transaction(async (departure) => {
      await departure.update(Professional, { id }, { roles: [], departedOn: '2026-11-24' });
      answer = appoint({ role: 'process-manager', professional: id, municipality: '0307' }, 400).then();
      await pause(500);
    });
    await answer;
    expect(await find('mn-buurtteam')).toMatchObject({ roles: [], municipality: null });
  });

  it('gets a clear answer to a list that is none', async () => {
    for (const accepted of [null, '0355', [355]])
      await dismiss('mn-procesmanager-zeist', { role: 'process-manager', accepted }, 400);
  });

  it('has a deputy who is another process manager only', async () => {
    for (const deputy of [await idOf('mn-leerkracht'), await idOf('mn-procesmanager')])
      await operator
        .patch(`/appointments/${await idOf('mn-procesmanager')}`)
        .send({ deputy })
        .expect(400);
  });
});

describe('a coordinator', () => {
  it('is appointed, also somebody new, and dismissed', async () => {
    const person = {
      ...{
        subject: 'mn-nieuw',
        name: 'Nieuwe Naam',
        function: 'Coördinator verwijsindex',
        phone: '030-000 00 99',
      },
      ...{ email: 'nieuw@utrecht.voorbeeld.example', organisation: 'politie-midden' },
    };
    await appoint({ role: 'coordinator', person });
    await (await node.as('mn-nieuw')).get('/professionals').expect(200);
    await appoint({ role: 'coordinator', person: { ...person, name: 'Iemand Anders' } }, 400);
    await appoint(
      { role: 'coordinator', person: { ...person, subject: 'x', email: 'renée@b.example' } },
      400,
    );
    await appoint({ role: 'coordinator', person: { ...person, subject: 'y', organisation: 'niets' } }, 400);
    await dismiss('mn-nieuw', { role: 'coordinator' });
    await (await node.as('mn-nieuw')).get('/me').expect(403);
    await dismiss('mn-nieuw', { role: 'coordinator' }, 404);
  });
});

describe('an operator', () => {
  it('is proposed by one operator and confirmed by another, not by the person concerned', async () => {
    const [first, second, third] = [
      await idOf('mn-beheerder'),
      await idOf('mn-buurtteam'),
      await idOf('mn-politie'),
    ];
    await appoint({ role: 'operator', professional: second });
    const [proposal] = (await shown()).proposals;
    expect(proposal).toMatchObject({ kind: 'appoint', mayConfirm: false, onMachine: true });
    await (await node.as('mn-buurtteam')).get('/appointments').expect(403);
    await operator.post(`/operator-proposals/${proposal!.id}/_confirm`).expect(409);
    await appoint({ role: 'operator', professional: second }, 400);

    const done = await operate(['appointments', 'confirm', proposal!.id], environment);
    expect(done).toMatchObject({ code: 0, err: '' });
    const other = await node.as('mn-buurtteam');
    expect((await shown(other)).proposals).toEqual([]);

    await appoint({ role: 'operator', professional: third });
    const [next] = (await shown(other)).proposals;
    expect(next).toMatchObject({ mayConfirm: true, onMachine: false });
    expect(await operate(['appointments', 'confirm', next!.id], environment)).toMatchObject({ code: 1 });
    await other.post(`/operator-proposals/${next!.id}/_confirm`).expect(204);
    await other.post(`/operator-proposals/${next!.id}/_confirm`).expect(404);

    await dismiss('mn-politie', { role: 'operator' });
    const [last] = (await shown(other)).proposals;
    await (await node.as('mn-politie')).post(`/operator-proposals/${last!.id}/_confirm`).expect(409);
    await other.post(`/operator-proposals/${last!.id}/_confirm`).expect(204);
    await (await node.as('mn-politie')).get('/appointments').expect(403);
    expect(await lines()).toEqual([
      { actor: first, action: 'operator-proposed', professional: second, kind: 'appoint' },
      { actor: MACHINE, action: 'operator-appointed', professional: second, proposedBy: first },
      { actor: first, action: 'operator-proposed', professional: third, kind: 'appoint' },
      { actor: second, action: 'operator-appointed', professional: third, proposedBy: first },
      { actor: first, action: 'operator-proposed', professional: third, kind: 'dismiss' },
      { actor: second, action: 'operator-dismissed', professional: third, proposedBy: first },
    ]);
  });

  it('who is dismissed takes what they proposed with them', async () => {
    const [first, second] = [await idOf('mn-beheerder'), await idOf('mn-buurtteam')];
    for (const id of [second, await idOf('mn-politie')])
      await node.dataSource.manager.update(Professional, { id }, { roles: ['operator'] });
    const [second_, third] = [await node.as('mn-buurtteam'), await node.as('mn-politie')];
    await appoint({ role: 'operator', professional: await idOf('mn-leerkracht') });
    await second_.post(`/appointments/${first}/_dismiss`).send({ role: 'operator' }).expect(204);
    const about = (await shown(third)).proposals.find(({ person }) => person.id === first)!;
    await third.post(`/operator-proposals/${about.id}/_confirm`).expect(204);
    expect((await shown(third)).proposals).toEqual([]);
  });

  it('who departed meanwhile has no access, whatever role is left', async () => {
    const id = await idOf('mn-buurtteam');
    await node.dataSource.manager.update(
      Professional,
      { id },
      { roles: ['operator'], departedOn: '2026-11-01' },
    );
    await (await node.as('mn-buurtteam')).get('/appointments').expect(403);
  });

  it('who is the only one stays, and a proposal can be withdrawn', async () => {
    const { body } = await dismiss('mn-beheerder', { role: 'operator' }, 400);
    expect(body).toMatchObject({ invalidParams: [{ name: 'role', code: 'last' }] });
    await appoint({ role: 'operator', professional: await idOf('mn-buurtteam') });
    const [{ id } = { id: '' }] = (await shown()).proposals;
    await operator.post(`/operator-proposals/${id}/_withdraw`).expect(204);
    expect((await shown()).proposals).toEqual([]);
  });
});

describe('somebody with two designations', () => {
  /** Enters a second designation of somebody; the first one by name is that of the organisation that is given. */
  const alsoAt = async (subject: string, organisationId: string, roles: Role[]) => {
    const id = randomUUID();
    await node.dataSource.manager.insert(Professional, {
      ...{ ...(await find(subject)), id, organisationId, locationId: null, roles },
      ...{ municipality: roles.includes('process-manager') ? '0307' : null, deputyId: null },
    });
    return id;
  };
  const oneself = { invalidParams: [{ name: 'professional', code: 'oneself' }] };

  it('is not appointed by themselves under the other one', async () => {
    const other = await alsoAt('mn-beheerder', 'basisschool-de-linde', ['professional']);
    operator = await node.as('mn-beheerder', 'gemeente-utrecht');
    for (const request of [{ role: 'process-manager', municipality: '0355' }, { role: 'coordinator' }])
      expect((await appoint({ ...request, professional: other }, 400)).body).toMatchObject(oneself);
    await node.dataSource.manager.update(
      Professional,
      { id: other },
      { roles: ['process-manager'], municipality: '0355' },
    );
    const change = operator.patch(`/appointments/${other}`).send({ municipality: '0344' });
    expect((await change.expect(400)).body).toMatchObject(oneself);
  });

  it('is not entered by themselves in another organisation', async () => {
    const person = {
      ...{
        subject: 'mn-beheerder',
        name: 'Nico Brouwer',
        function: 'Coördinator verwijsindex',
        phone: '030-000 00 99',
      },
      ...{ email: 'nico@utrecht.voorbeeld.example', organisation: 'politie-midden' },
    };
    expect((await appoint({ role: 'coordinator', person }, 400)).body).toMatchObject(oneself);
    expect(await node.dataSource.manager.countBy(Professional, { subject: 'mn-beheerder' })).toBe(1);
  });

  it('is entered by an operator in another organisation, once', async () => {
    const person = {
      ...{
        subject: 'mn-politie',
        name: 'Fatima el Amrani',
        function: 'Coördinator verwijsindex',
        phone: '030-000 00 99',
      },
      ...{ email: 'fatima@amersfoort.voorbeeld.example', organisation: 'jgz-amersfoort' },
    };
    await appoint({ role: 'coordinator', person });
    expect((await appoint({ role: 'coordinator', person }, 400)).body).toMatchObject({
      invalidParams: [{ name: 'person.subject', code: 'taken' }],
    });
    await (await node.as('mn-politie', 'jgz-amersfoort')).get('/professionals').expect(200);
    await (await node.as('mn-politie', 'politie-midden')).get('/professionals').expect(403);
  });

  it('is one pair of eyes: confirms under neither what they proposed under one', async () => {
    const other = await alsoAt('mn-beheerder', 'basisschool-de-linde', ['operator']);
    operator = await node.as('mn-beheerder', 'gemeente-utrecht');
    await appoint({ role: 'operator', professional: await idOf('mn-politie') });
    const second = await node.as('mn-beheerder', 'basisschool-de-linde');
    const [proposal] = (await shown(second)).proposals;
    expect(proposal).toMatchObject({ mayConfirm: false, onMachine: true });
    await second.post(`/operator-proposals/${proposal!.id}/_confirm`).expect(409);
    // nor does somebody else's role stand in the way of the command on the machine
    expect(await operate(['appointments', 'confirm', proposal!.id], environment)).toMatchObject({ code: 0 });
    expect(other).not.toBe(await idOf('mn-politie'));
  });

  it('does not confirm under one what is proposed about the other', async () => {
    const other = await alsoAt('mn-buurtteam', 'gemeente-utrecht', ['operator']);
    await node.dataSource.manager.update(Professional, { subject: 'mn-politie' }, { roles: ['operator'] });
    operator = await node.as('mn-politie');
    const { body } = await operator
      .post(`/appointments/${other}/_dismiss`)
      .send({ role: 'operator' })
      .expect(204);
    expect(body).toEqual({});
    const concerned = await node.as('mn-buurtteam', 'gemeente-utrecht');
    const [proposal] = (await shown(concerned)).proposals;
    expect(proposal).toMatchObject({ mayConfirm: false, onMachine: false });
    await concerned.post(`/operator-proposals/${proposal!.id}/_confirm`).expect(409);
  });

  it('is operator once, and has one proposal about them at a time', async () => {
    const other = await alsoAt('mn-buurtteam', 'basisschool-de-linde', ['professional']);
    const first = (
      await node.dataSource.manager.findOneByOrFail(Professional, {
        ...{ subject: 'mn-buurtteam', organisationId: 'buurtteam-utrecht' },
      })
    ).id;
    await appoint({ role: 'operator', professional: first });
    await appoint({ role: 'operator', professional: other }, 400);
    const [proposal] = (await shown()).proposals;
    await operate(['appointments', 'confirm', proposal!.id], environment);
    expect((await appoint({ role: 'operator', professional: other }, 400)).body).toMatchObject({
      invalidParams: [{ name: 'professional', code: 'taken' }],
    });
  });

  it('is not the last operator twice', async () => {
    await alsoAt('mn-beheerder', 'basisschool-de-linde', ['operator']);
    operator = await node.as('mn-beheerder', 'gemeente-utrecht');
    const other = await node.dataSource.manager.findOneByOrFail(Professional, {
      ...{ subject: 'mn-beheerder', organisationId: 'basisschool-de-linde' },
    });
    const dismissal = operator.post(`/appointments/${other.id}/_dismiss`).send({ role: 'operator' });
    expect((await dismissal.expect(400)).body).toMatchObject({ invalidParams: [{ code: 'last' }] });
  });

  it('is not their own deputy', async () => {
    const other = await alsoAt('mn-procesmanager', 'gemeente-amersfoort', ['process-manager']);
    const first = await node.dataSource.manager.findOneByOrFail(Professional, {
      ...{ subject: 'mn-procesmanager', organisationId: 'gemeente-utrecht' },
    });
    const change = operator.patch(`/appointments/${first.id}`).send({ deputy: other });
    expect((await change.expect(400)).body).toMatchObject({ invalidParams: [{ name: 'deputy' }] });
  });

  it('gets another login with all designations, by two operators where one of them has worked', async () => {
    const other = await alsoAt('mn-politie', 'jgz-amersfoort', ['professional']);
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-politie', organisationId: 'politie-midden' },
      { firstLoginAt: new Date('2026-11-01T00:00:00Z') },
    );
    const change = { subject: 'mn-politie-nieuw' };
    const proposed = await operator.post(`/appointments/${other}/_change-login`).send(change).expect(200);
    expect(proposed.body).toEqual({ proposed: true });
    const [proposal] = (await shown()).proposals;
    await operate(['appointments', 'confirm', proposal!.id], environment);
    expect(await node.dataSource.manager.countBy(Professional, change)).toBe(2);
    await (await node.as('mn-politie')).get('/me').expect(403);
    const { body } = await (await node.as('mn-politie-nieuw')).get('/me').expect(200);
    expect(body.others).toHaveLength(1);
  });

  it('is named with the organisation in commands', async () => {
    const id = await alsoAt('mn-politie', 'jgz-amersfoort', ['professional']);
    const command = ['appointments', 'appoint', 'coordinator', '--as', 'mn-beheerder', '--account'];
    expect(await operate([...command, 'mn-politie'], environment)).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('account: Deze persoon werkt voor meer organisaties.') },
    });
    expect(await operate([...command, 'mn-politie/kredietbank-zeist'], environment)).toMatchObject({
      code: 1,
    });
    expect(await operate([...command, 'mn-politie/jgz-amersfoort'], environment)).toMatchObject({ code: 0 });
    expect(await node.dataSource.manager.findOneBy(Professional, { id })).toMatchObject({
      roles: ['professional', 'coordinator'],
    });
  });
});

describe('the commands of the operator', () => {
  const run = async (...args: string[]) => {
    const outcome = await operate(args, environment);
    expect(outcome).toMatchObject({ code: 0, err: '' });
    return outcome.out;
  };
  const by = ['--as', 'mn-beheerder'];

  it('appoint, change, list and dismiss as the screens do', async () => {
    const account = ['--account', 'mn-buurtteam'];
    await run('appointments', 'appoint', 'process-manager', ...account, '--municipality', '0307', ...by);
    const mistyped = ['appointments', 'change', 'mn-buurtteam', '--deputy', 'nobody', ...by];
    expect(await operate(mistyped, environment)).toMatchObject({ code: 1 });
    await run('appointments', 'change', 'mn-buurtteam', '--deputy', 'mn-procesmanager', ...by);
    expect(await run('appointments', 'list', ...by)).toMatch(
      /^process-manager +Hanna Smit +Buurtteam Lombok +0307 +Karin Vos$/m,
    );
    await run('appointments', 'dismiss', 'process-manager', ...account, ...by);
    expect(await find('mn-buurtteam')).toMatchObject({ roles: ['professional'] });
    const alone = [
      'appointments',
      'dismiss',
      'process-manager',
      '--account',
      'mn-procesmanager-zeist',
      ...by,
    ];
    expect(await operate(alone, environment)).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('accepted.0355: Deze gemeente heeft geen procesmanager.') },
    });
    await run(...alone, '--accept', '0355');
    expect(await run('appointments', 'list', ...by)).toContain(
      'Warning: Zeist (0355) has no process manager.',
    );
  });

  it('end by themselves, also after a change of which the running node has to tell', () => {
    const change = [
      'appointments',
      'change',
      'mn-procesmanager',
      '--deputy',
      'mn-procesmanager-zeist',
      ...by,
    ];
    const { status, stdout } = spawnSync(
      process.execPath,
      [compiled('apps/regional-node/src/operator.ts'), ...change],
      { env: environment, encoding: 'utf8', timeout: 120_000 },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'mn-procesmanager is changed.\n' });
  });
});
