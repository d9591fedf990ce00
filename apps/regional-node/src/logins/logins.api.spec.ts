import { isUUID } from 'class-validator';
import { In, Not } from 'typeorm';
import { DAY } from '#libs/clock';
import { LoginSession } from '#libs/login';
import { environmentFor, startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/database/test-database.js';
import { AuditLine, MACHINE } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { operate } from '../operator/index.js';
import { MOST, UnknownLogins, type UnknownLoginShown } from './index.js';

let database: TestDatabase;
let environment: Record<string, string>;
let node: TestNode;
let operator: Agent;
let logins: UnknownLogins;
let directory: Professional[];
beforeAll(async () => {
  database = await createTestDatabase();
  environment = environmentFor(database.url);
  node = await startNode(environment, database);
  logins = node.app.get(UnknownLogins, { strict: false });
  directory = await node.dataSource.manager.find(Professional);
});
afterAll(async () => {
  await node?.stop();
  await database?.drop();
});
beforeEach(async () => {
  // the commands go by the clock of the machine
  node.clock.set(new Date());
  await node.dataSource.query('truncate unknown_login, operator_proposal, login_session, audit_line');
  await node.dataSource.manager.delete(Professional, { id: Not(In(directory.map(({ id }) => id))) });
  await node.dataSource.manager.save(Professional, directory);
  operator = await node.as('mn-beheerder');
});

const find = (subject: string) => node.dataSource.manager.findOneByOrFail(Professional, { subject });
const idOf = async (subject: string) => (await find(subject)).id;
// the clock moves on, past the end of a session
const asOperator = () => node.as('mn-beheerder');
const unknown = async () =>
  (await (await asOperator()).get('/unknown-logins').expect(200)).body as UnknownLoginShown[];
const change = async (subject: string, to: unknown, status = 200, by?: Agent) =>
  (by ?? (await asOperator()))
    .post(`/appointments/${await idOf(subject)}/_change-login`)
    .send({ subject: to })
    .expect(status);
const proposals = async () =>
  (
    (await (await asOperator()).get('/appointments').expect(200)).body as {
      proposals: { id: string; mayConfirm: boolean }[];
    }
  ).proposals;
const lines = async () =>
  (await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } }))
    .filter(({ action }) => action.startsWith('login-') || action.startsWith('operator-'))
    .map(({ actor, action, fields }) => ({ actor, action, ...fields }));
/** As if the person had logged in before. */
const worked = (subject: string) => logins.note(subject);

describe('somebody who logs in and is not in the directory', () => {
  it('is refused with their own identifier and what to do with it', async () => {
    const { body, headers } = await (await node.as('oid-1')).get('/me').expect(403);
    expect(body).toMatchObject({
      code: 'unknown-login',
      subject: 'oid-1',
      detail:
        'Geef het kenmerk van uw login door aan de coördinator van uw organisatie of aan de beheerder van uw regio.',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is not told to others, and people who departed are not unknown', async () => {
    await logins.note('oid-1');
    for (const subject of ['oid-2', 'mn-leerkracht', 'mn-coordinator', 'mn-procesmanager']) {
      const { text } = await (await node.as(subject)).get('/unknown-logins').expect(403);
      expect(text).not.toContain('oid-1');
    }
    await (await node.as()).get('/unknown-logins').expect(401);
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-politie' },
      { departedOn: '2026-11-01' },
    );
    await logins.note('mn-politie');
    const { body } = await (await node.as('mn-politie')).get('/me').expect(403);
    expect(body).toMatchObject({ code: 'not-allowed' });
    expect((await unknown()).map(({ subject }) => subject)).toEqual(['oid-1']);
  });

  it('is shown to the operator: first, last, how often, and nothing else', async () => {
    const start = node.clock.now().getTime();
    await logins.note('oid-1');
    node.clock.advance(DAY);
    await logins.note('oid-2');
    node.clock.advance(DAY);
    await logins.note('oid-1');
    await logins.note('mn-leerkracht');
    const [first, second, third] = [0, 1, 2].map((days) => new Date(start + days * DAY).toISOString());
    expect(await unknown()).toEqual([
      { subject: 'oid-1', firstSeenAt: first, lastSeenAt: third, count: 2 },
      { subject: 'oid-2', firstSeenAt: second, lastSeenAt: second, count: 1 },
    ]);
    const { out } = await operate(['logins', 'list'], environment);
    expect(out).toMatch(/^account +logins +first +last$/m);
    expect(out).toMatch(/^oid-2 +1 +\d{4}-/m);
  });

  it('is forgotten 30 days after they were last seen', async () => {
    await logins.note('oid-1');
    node.clock.advance(29 * DAY);
    expect(await logins.run()).toBe(0);
    expect(await unknown()).toHaveLength(1);
    node.clock.advance(DAY);
    expect(await unknown()).toEqual([]);
    expect(await logins.run()).toBe(1);
    expect(await node.dataSource.query('select 1 from unknown_login')).toEqual([]);
  });

  it('is one of a bounded number: the one seen longest ago goes first', async () => {
    await node.dataSource.query(
      `insert into unknown_login select 'x' || n, now(), $1::timestamptz + n * interval '1 second', 1
       from generate_series(1, ${MOST}) n`,
      [new Date(node.clock.now().getTime() - DAY)],
    );
    await logins.note('oid-1');
    const all = (await unknown()).map(({ subject }) => subject);
    expect(all).toHaveLength(MOST);
    expect(all[0]).toBe('oid-1');
    expect(all).not.toContain('x1');
  });

  it('is gone from the list once somebody is entered with that identifier', async () => {
    await logins.note('oid-1');
    const person = {
      ...{
        subject: 'oid-1',
        name: 'Nieuwe Naam',
        function: 'Coördinator verwijsindex',
        phone: '030-000 00 99',
      },
      ...{ email: 'nieuw@utrecht.voorbeeld.example', organisation: 'politie-midden' },
    };
    await operator.post('/appointments').send({ role: 'coordinator', person }).expect(204);
    expect(await unknown()).toEqual([]);
    expect(await logins.run()).toBe(1);
  });

  it('twice at the same time is counted twice', async () => {
    await Promise.all([logins.note('oid-1'), logins.note('oid-1'), logins.note('oid-1')]);
    expect(await unknown()).toMatchObject([{ subject: 'oid-1', count: 3 }]);
  });
});

describe('a login that never worked', () => {
  it('is replaced by one operator, and the person goes on in the session that they have', async () => {
    await logins.note('oid-1');
    const person = await node.as('oid-1');
    await person.get('/me').expect(403);
    const professional = await idOf('mn-leerkracht');
    expect((await change('mn-leerkracht', 'oid-1')).body).toEqual({ proposed: false });
    await person.get('/me').expect(200);
    expect(await unknown()).toEqual([]);
    expect(await find('oid-1')).toMatchObject({ id: professional, name: expect.any(String) as string });
    expect(await lines()).toEqual([
      { actor: await idOf('mn-beheerder'), action: 'login-changed', professional },
    ]);
  });

  it('is replaced by the command', async () => {
    const args = ['logins', 'change', 'mn-leerkracht', '--to', 'oid-1', '--as', 'mn-beheerder'];
    expect(await operate(args, environment)).toEqual({
      code: 0,
      out: 'mn-leerkracht is oid-1 now.\n',
      err: '',
    });
    await (await node.as('oid-1')).get('/me').expect(200);
  });

  it('has worked from the first login on', async () => {
    await worked('mn-leerkracht');
    const { firstLoginAt } = await find('mn-leerkracht');
    expect(firstLoginAt).toEqual(node.clock.now());
    node.clock.advance(DAY);
    await worked('mn-leerkracht');
    expect(await find('mn-leerkracht')).toMatchObject({ firstLoginAt });
    expect((await change('mn-leerkracht', 'oid-1')).body).toEqual({ proposed: true });
  });

  it.each([
    ['of somebody else', 'mn-buurtteam'],
    ['that it is already', 'mn-leerkracht'],
    ['that is empty', ''],
    ['with a space', 'oid 1'],
    ['outside ASCII', 'oïd'],
    ['of 256 characters', 'x'.repeat(256)],
    ['that is a number', 7],
    ['that is a list', ['oid-1']],
    ['that is null', null],
    ['that is absent', undefined],
  ])('is not replaced by one %s', async (_what, to) => {
    const { body } = await change('mn-leerkracht', to, 400);
    expect(body).toMatchObject({
      code: 'invalid-input',
      invalidParams: expect.arrayContaining([expect.objectContaining({ name: 'subject' })]) as object,
    });
    await find('mn-leerkracht');
    expect(await lines()).toEqual([]);
  });

  it('of nobody, or of somebody who departed, is not replaced', async () => {
    for (const id of ['x', '3b241101-e2bb-4255-8caf-4136c566a962'])
      await operator.post(`/appointments/${id}/_change-login`).send({ subject: 'oid-1' }).expect(404);
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-politie' },
      { departedOn: '2026-11-01' },
    );
    await change('mn-politie', 'oid-1', 404);
    expect(
      await operate(['logins', 'change', 'nobody', '--to', 'oid-1', '--as', 'mn-beheerder'], environment),
    ).toMatchObject({ code: 1 });
  });

  it('is replaced by operators only', async () => {
    for (const subject of ['mn-coordinator', 'mn-leerkracht', 'mn-procesmanager'])
      await change('mn-leerkracht', 'oid-1', 403, await node.as(subject));
  });
});

describe('a login that works', () => {
  it('is replaced when another operator confirms: old sessions end, and the old login is unknown', async () => {
    await worked('mn-leerkracht');
    await node.dataSource.manager.update(Professional, { subject: 'mn-buurtteam' }, { roles: ['operator'] });
    const second = await node.as('mn-buurtteam');
    const old = await node.as('mn-leerkracht');
    await old.get('/me').expect(200);
    const professional = await idOf('mn-leerkracht');
    expect((await change('mn-leerkracht', 'oid-1')).body).toEqual({ proposed: true });
    await old.get('/me').expect(200);
    const [proposal] = await proposals();
    expect(proposal).toMatchObject({
      kind: 'change-login',
      subject: 'oid-1',
      mayConfirm: false,
      onMachine: false,
    });
    await operator.post(`/operator-proposals/${proposal!.id}/_confirm`).expect(409);
    expect(await operate(['appointments', 'confirm', proposal!.id], environment)).toMatchObject({ code: 1 });
    await find('mn-leerkracht');

    await second.post(`/operator-proposals/${proposal!.id}/_confirm`).expect(204);
    await old.get('/me').expect(401);
    expect(await node.dataSource.manager.existsBy(LoginSession, { subject: 'mn-leerkracht' })).toBe(false);
    await (await node.as('oid-1')).get('/me').expect(200);
    const { body } = await (await node.as('mn-leerkracht')).get('/me').expect(403);
    expect(body).toMatchObject({ code: 'unknown-login' });
    await logins.note('mn-leerkracht');
    expect(await unknown()).toMatchObject([{ subject: 'mn-leerkracht' }]);
    expect(await find('oid-1')).toMatchObject({ id: professional, firstLoginAt: null });
    const [first, other] = [await idOf('mn-beheerder'), await idOf('mn-buurtteam')];
    expect(await lines()).toEqual([
      { actor: first, action: 'login-change-proposed', professional },
      { actor: other, action: 'login-changed', professional, proposedBy: first },
    ]);
    expect(JSON.stringify(await lines())).not.toContain('oid-1');
  });

  it('is replaced by the only operator and the command on the machine', async () => {
    await worked('mn-leerkracht');
    const proposed = await operate(
      ['logins', 'change', 'mn-leerkracht', '--to', 'oid-1', '--as', 'mn-beheerder'],
      environment,
    );
    expect(proposed).toMatchObject({ code: 0, out: expect.stringContaining('It is proposed.') as string });
    const { out } = await operate(['appointments', 'list', '--as', 'mn-beheerder'], environment);
    expect(out).toMatch(/proposes to change login of [^;]+ to oid-1; appointments confirm can$/m);
    const [{ id } = { id: '' }] = await proposals();
    expect(isUUID(id)).toBe(true);
    expect(await operate(['appointments', 'confirm', id], environment)).toMatchObject({ code: 0, err: '' });
    expect((await lines()).at(-1)).toMatchObject({ actor: MACHINE, action: 'login-changed' });
    await find('oid-1');
  });

  it('of the operator who proposes it is confirmed by another one', async () => {
    await worked('mn-beheerder');
    await node.dataSource.manager.update(Professional, { subject: 'mn-buurtteam' }, { roles: ['operator'] });
    await change('mn-beheerder', 'oid-1');
    const [{ id } = { id: '' }] = await proposals();
    await operator.post(`/operator-proposals/${id}/_confirm`).expect(409);
    await (await node.as('mn-buurtteam')).post(`/operator-proposals/${id}/_confirm`).expect(204);
    await operator.get('/appointments').expect(401);
    await (await node.as('oid-1')).get('/appointments').expect(200);
  });

  it('of an operator is not confirmed by that operator', async () => {
    for (const subject of ['mn-buurtteam', 'mn-politie'])
      await node.dataSource.manager.update(Professional, { subject }, { roles: ['operator'] });
    await worked('mn-buurtteam');
    await change('mn-buurtteam', 'oid-1');
    const [{ id } = { id: '' }] = await proposals();
    await (await node.as('mn-buurtteam')).post(`/operator-proposals/${id}/_confirm`).expect(409);
    await (await node.as('mn-politie')).post(`/operator-proposals/${id}/_confirm`).expect(204);
  });

  it('stays when the new one became somebody else’s meanwhile', async () => {
    await worked('mn-leerkracht');
    await change('mn-leerkracht', 'oid-1');
    const [{ id } = { id: '' }] = await proposals();
    await change('mn-politie', 'oid-1');
    expect(await operate(['appointments', 'confirm', id], environment)).toMatchObject({ code: 1 });
    await find('mn-leerkracht');
    expect(await proposals()).toHaveLength(1);
  });

  it('stays when the proposal is withdrawn, and has one proposal at a time', async () => {
    await worked('mn-leerkracht');
    await change('mn-leerkracht', 'oid-1');
    expect((await change('mn-leerkracht', 'oid-2', 400)).body).toMatchObject({
      invalidParams: [{ name: 'professional', code: 'taken' }],
    });
    const [{ id } = { id: '' }] = await proposals();
    await operator.post(`/operator-proposals/${id}/_withdraw`).expect(204);
    await find('mn-leerkracht');
    expect(await proposals()).toEqual([]);
  });

  it('may go back to what it was', async () => {
    await change('mn-leerkracht', 'oid-1');
    await change('oid-1', 'mn-leerkracht');
    await (await node.as('mn-leerkracht')).get('/me').expect(200);
  });
});
