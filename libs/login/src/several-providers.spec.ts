import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SettableClock } from '#libs/clock';
import { ForgingProvider } from './forging-provider.fixture.js';
import { Browser, codeOf, createLoginDatabase, startApp } from './login.fixture.js';

const CLIENT = { clientId: 'node', clientSecret: 'a secret of the test' };
const PUBLIC_URL = 'https://verwijsindex.example';
const LOGOUT_EVENT = { 'http://schemas.openid.net/event/backchannel-logout': {} };

let database: Awaited<ReturnType<typeof createLoginDatabase>>;
let town: ForgingProvider;
let health: ForgingProvider;
let app: INestApplication;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createLoginDatabase();
  town = await ForgingProvider.start(CLIENT.clientId, CLIENT.clientSecret);
  health = await ForgingProvider.start(CLIENT.clientId, CLIENT.clientSecret);
  town.metadata = { end_session_endpoint: `${town.issuer}/end` };
  health.metadata = { end_session_endpoint: `${health.issuer}/end` };
  app = await startApp(database.url, new SettableClock(new Date()), 0, {
    ...{ ...CLIENT, publicUrl: PUBLIC_URL, issuer: town.issuer },
    furtherProviders: [{ ...CLIENT, id: 'health', name: 'De zorg', issuer: health.issuer }],
  });
  dataSource = app.get(DataSource);
});
beforeEach(() => dataSource.query('truncate login_session, login_logout'));
afterAll(async () => {
  await app?.close();
  town?.stop();
  health?.stop();
  await database?.drop();
});

const address = (path: string): string =>
  `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}${path}`;

/** From the login to the address by which the provider sends the browser back. */
async function throughProvider(browser: Browser, provider = ''): Promise<URL> {
  const login = await browser.fetch(address(`/auth/login?returnTo=/whoami&provider=${provider}`));
  const back = await browser.fetch(login.headers.get('location')!);
  const callback = new URL(back.headers.get('location')!);
  expect(callback.origin).toBe(PUBLIC_URL);
  return callback;
}

async function logIn(provider = ''): Promise<Browser> {
  const browser = new Browser();
  const { pathname, search } = await throughProvider(browser, provider);
  expect((await browser.fetch(address(pathname + search))).headers.get('location')).toBe('/whoami');
  return browser;
}

const subjects = async (): Promise<string[]> =>
  (await dataSource.query<{ subject: string }[]>('select subject from login_session order by subject')).map(
    ({ subject }) => subject,
  );
const logOutAtProvider = (token: string) =>
  fetch(address('/auth/backchannel-logout'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }),
  });
const logoutOf = (provider: ForgingProvider, claims: Record<string, unknown> = {}) =>
  provider.token({ sub: 'a7c1', jti: randomUUID(), events: LOGOUT_EVENT, ...claims }, {}, 'logout+jwt');

describe('several providers', () => {
  it('are offered by name', async () => {
    expect(await (await fetch(address('/auth/providers'))).json()).toEqual({
      further: [{ id: 'health', name: 'De zorg' }],
    });
  });

  it('know different people by the same name, and the first can take nobody for one of another', async () => {
    await logIn();
    await logIn('health');
    expect(await subjects()).toEqual(['a7c1', 'health a7c1']);
    town.next = { claims: { sub: 'health a7c1' } };
    const browser = new Browser();
    const { pathname, search } = await throughProvider(browser);
    expect(await codeOf(await browser.fetch(address(pathname + search)))).toBe('login-failed');
    town.next = {};
  });

  it('have an address each, and none takes the answer of another', async () => {
    const browser = new Browser();
    const asked = () => town.tokenRequests.length + health.tokenRequests.length;
    const before = asked();
    const { pathname, search } = await throughProvider(browser, 'health');
    expect(pathname).toBe('/auth/callback/health');
    expect(await codeOf(await browser.fetch(address(`/auth/callback${search}`)))).toBe('login-failed');
    const first = await throughProvider(browser);
    expect(await codeOf(await browser.fetch(address(`/auth/callback/health${first.search}`)))).toBe(
      'login-failed',
    );
    expect(asked()).toBe(before);
    expect(await subjects()).toEqual([]);
  });

  it('that nobody knows is not found', async () => {
    const response = await fetch(address('/auth/login?provider=elsewhere'));
    expect([response.status, await codeOf(response)]).toEqual([404, 'not-found']);
  });

  it('end the sessions that began at them, and no others', async () => {
    await logIn();
    await logIn('health');
    expect((await logOutAtProvider(await logoutOf(health))).status).toBe(200);
    expect(await subjects()).toEqual(['a7c1']);
    const forged = await logoutOf(health, { iss: town.issuer });
    expect((await logOutAtProvider(forged)).status).toBe(400);
    expect((await logOutAtProvider(await logoutOf(town, { iss: 'https://elsewhere.example' }))).status).toBe(
      400,
    );
    expect(await subjects()).toEqual(['a7c1']);
    expect((await logOutAtProvider(await logoutOf(town))).status).toBe(200);
    expect(await subjects()).toEqual([]);
  });

  it('are each where their people log out', async () => {
    for (const [id, provider] of [
      ['', town],
      ['health', health],
    ] as const) {
      const browser = await logIn(id);
      const response = await browser.post(address('/auth/logout'), { 'content-type': 'application/json' });
      const { endSessionUrl } = (await response.json()) as { endSessionUrl: string };
      expect(endSessionUrl.startsWith(`${provider.issuer}/end`)).toBe(true);
    }
  });
});
