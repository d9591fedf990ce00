import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { ForgingProvider } from '../../../../libs/login/src/forging-provider.fixture.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Professional } from '../directory/index.js';

let provider: ForgingProvider;
let node: TestNode;
beforeAll(async () => {
  provider = await ForgingProvider.start('node', 'secret');
  node = await startNode({ ISSUER: provider.issuer, SUBJECT_CLAIM: 'oid', ACR_VALUES: 'urn:high' });
  node.clock.set(new Date());
});
afterAll(async () => {
  await node?.stop();
  provider?.stop();
});

const http = () => request(node.app.getHttpServer());
const cookiesOf = ({ headers }: request.Response): string =>
  ((headers['set-cookie'] ?? []) as unknown as string[]).map((line) => line.split(';')[0]!).join('; ');

/** Logs somebody in at the provider. @returns the answer of the callback */
async function logIn(claims: Record<string, unknown>): Promise<request.Response> {
  provider.next = { claims: { acr: 'urn:high', ...claims } };
  const login = await http().get('/auth/login').expect(303);
  const back = await fetch(login.headers.location!, { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location')!);
  return http().get(`${pathname}${search}`).set('Cookie', cookiesOf(login));
}

describe('a login at a provider', () => {
  it('of somebody in the directory lets them in by the chosen claim, and notes that their login works', async () => {
    const cookie = cookiesOf(await logIn({ oid: 'mn-leerkracht' }));
    await http().get('/api/v1/me').set('Cookie', cookie).expect(200);
    const { firstLoginAt } = await node.dataSource.manager.findOneByOrFail(Professional, {
      subject: 'mn-leerkracht',
    });
    expect(firstLoginAt).toEqual(node.clock.now());
  });

  it('of somebody else is noted once, however much they ask afterwards', async () => {
    const cookie = cookiesOf(
      await logIn({ oid: '6f0e-1', name: 'Iemand', email: 'iemand@voorbeeld.example' }),
    );
    for (let times = 0; times < 3; times++) {
      const { body } = await http().get('/api/v1/me').set('Cookie', cookie).expect(403);
      expect(body).toMatchObject({ code: 'unknown-login', subject: '6f0e-1' });
    }
    const { body } = await (await node.as('mn-beheerder')).get('/unknown-logins').expect(200);
    const at = node.clock.now().toISOString();
    expect(body).toEqual([{ subject: '6f0e-1', count: 1, firstSeenAt: at, lastSeenAt: at }]);
  });

  it.each([
    ['without the claim', {}, 401, 'login-failed'],
    ['at a level that is too low', { oid: '6f0e-2', acr: 'urn:low' }, 403, 'assurance-too-low'],
  ])('%s is refused and leaves nothing', async (_what, claims, status, code) => {
    const { body } = await logIn(claims).then((response) => {
      expect(response.status).toBe(status);
      return response;
    });
    expect(body).toMatchObject({ code });
    const stored = await node.dataSource.query(
      `select subject from login_session where subject not in ('mn-leerkracht', 'mn-beheerder', '6f0e-1')
       union select subject from unknown_login where subject <> '6f0e-1'`,
    );
    expect(stored).toEqual([]);
  });

  it('ends when the provider says so', async () => {
    const cookie = cookiesOf(await logIn({ oid: 'mn-buurtteam', sub: 's', sid: 'one' }));
    await http().get('/api/v1/me').set('Cookie', cookie).expect(200);
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const token = await provider.token({ sub: 's', sid: 'one', jti: randomUUID(), events });
    await http().post('/auth/backchannel-logout').type('form').send({ logout_token: token }).expect(200);
    await http().get('/api/v1/me').set('Cookie', cookie).expect(401);
    await http().post('/auth/backchannel-logout').type('form').send({ logout_token: token }).expect(400);
    await http().post('/auth/backchannel-logout').type('form').send('x'.repeat(30_000)).expect(413);
    await http().post('/auth/backchannel-logout').expect(400);
  });

  it('reads forms nowhere else', async () => {
    const cookie = cookiesOf(await logIn({ oid: 'mn-beheerder' }));
    await http()
      .post('/api/v1/appointments')
      .set('Cookie', cookie)
      .type('form')
      .send({ role: 'operator' })
      .expect(415);
  });
});

describe('the first login of a solo functionary', () => {
  /** Enters, as the operator, the one functionary of an organisation without people. */
  async function enterSolo(at: TestNode): Promise<void> {
    const left = { roles: [], designated: false, departedOn: '2026-11-24' };
    await at.dataSource.manager.update(Professional, { organisationId: 'kredietbank-zeist' }, left);
    const csv = [
      'subject,name,function,phone,email,organisation,designated',
      'mn-alleen,Otto Been,Schuldhulpverlener,030-000 00 21,otto.been@zeist.voorbeeld.example,kredietbank-zeist,ja',
    ].join('\n');
    await (await at.as('mn-beheerder')).post('/professionals/_import').send({ csv }).expect(200);
  }
  const isDesignated = async ({ dataSource }: TestNode) =>
    (await dataSource.manager.findOneByOrFail(Professional, { subject: 'mn-alleen' })).designated;

  it('confirms the designation where a level of assurance is demanded', async () => {
    await enterSolo(node);
    await logIn({ oid: 'mn-alleen', acr: 'urn:low' });
    expect(await isDesignated(node)).toBe(false);
    await logIn({ oid: 'mn-alleen' });
    expect(await isDesignated(node)).toBe(true);
  });

  it('confirms nothing where no level is demanded', async () => {
    const demanding = node;
    node = await startNode({ ISSUER: provider.issuer, SUBJECT_CLAIM: 'oid' });
    try {
      node.clock.set(new Date());
      await enterSolo(node);
      await logIn({ oid: 'mn-alleen' });
      expect(await isDesignated(node)).toBe(false);
    } finally {
      await node.stop();
      node = demanding;
    }
  });
});
