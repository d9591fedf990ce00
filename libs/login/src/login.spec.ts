import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Provider } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { MINUTE, SettableClock } from '#libs/clock';
import { IdentityProvider } from './identity-provider.js';
import { Login } from './index.js';
import { Browser, CLIENT, codeOf, createLoginDatabase, freePort, startApp } from './login.fixture.js';

const SUBJECT = 'a7c1';
const HTTPS = 'https://verwijsindex.example';

const location = (response: Response, base: string): string =>
  new URL(response.headers.get('location')!, base).href;
describe('login', () => {
  let database: Awaited<ReturnType<typeof createLoginDatabase>>;
  let provider: { server: Server; issuer: string };
  const clock = new SettableClock(new Date());
  let app: INestApplication;
  let publicUrl: string;
  let secureApp: INestApplication;
  let dataSource: DataSource;

  /** A provider where the person is logged in at once; it never asks anything. */
  async function startProvider(redirectUris: () => string[]): Promise<{ server: Server; issuer: string }> {
    let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
    const server = createServer((request, response) => handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const oidc = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: redirectUris(),
          response_types: ['code'],
          grant_types: ['authorization_code'],
        },
      ],
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      cookies: { keys: ['a key of the test'] },
      features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
      interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
      loadExistingGrant: async (context) => {
        const earlier = context.oidc.session!.grantIdFor(context.oidc.client!.clientId);
        if (earlier) return context.oidc.provider.Grant.find(earlier);
        const grant = new context.oidc.provider.Grant({
          accountId: context.oidc.session!.accountId,
          clientId: context.oidc.client!.clientId,
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const callback = oidc.callback();
    handle = (request, response) => {
      if (!request.url?.startsWith('/interaction/')) void callback(request, response);
      else void oidc.interactionFinished(request, response, { login: { accountId: SUBJECT } });
    };
    return { server, issuer };
  }

  /** From the app's login page to the address by which the provider sends the browser back. */
  async function throughProvider(browser: Browser, base: string, returnTo = '/whoami'): Promise<string> {
    let response = await browser.fetch(`${base}/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
    expect(response.status).toBe(303);
    for (let step = 0; step < 6; step++) {
      const next = location(response, provider.issuer);
      if (new URL(next).pathname === '/auth/callback') return next;
      response = await browser.fetch(next);
    }
    throw new Error('the provider does not send back');
  }

  async function loggedIn(): Promise<Browser> {
    const browser = new Browser();
    const response = await browser.fetch(await throughProvider(browser, publicUrl));
    expect(response.status).toBe(303);
    return browser;
  }

  beforeAll(async () => {
    // the provider's remarks that memory and default keys are for development: they are, here
    for (const method of ['info', 'warn'] as const)
      jest.spyOn(console, method).mockImplementation(() => undefined);
    database = await createLoginDatabase();
    const port = await freePort();
    publicUrl = `http://127.0.0.1:${port}`;
    provider = await startProvider(() => [`${publicUrl}/auth/callback`, `${HTTPS}/auth/callback`]);
    app = await startApp(database.url, clock, port, { publicUrl, issuer: provider.issuer });
    dataSource = app.get(DataSource);
    secureApp = await startApp(database.url, clock, 0, { publicUrl: HTTPS, issuer: provider.issuer });
  });
  afterAll(async () => {
    await app?.close();
    await secureApp?.close();
    provider?.server.closeAllConnections();
    provider?.server.close();
    await database?.drop();
  });
  beforeEach(async () => {
    clock.set(new Date());
    await dataSource.query('truncate login_session, login_logout');
  });

  it('makes exactly the tables that the entities describe', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  describe('coming in', () => {
    it('goes by the provider to the page that was asked for, and then knows the subject', async () => {
      const browser = new Browser();
      const response = await browser.fetch(await throughProvider(browser, publicUrl, '/whoami?tab=2#top'));
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toBe('/whoami?tab=2#top');
      const page = await browser.fetch(`${publicUrl}/whoami`);
      expect(await page.json()).toEqual({ subject: SUBJECT });
    });

    it('asks the provider for code, PKCE, state and nonce, and for no more than the subject', async () => {
      const response = await new Browser().fetch(`${publicUrl}/auth/login`);
      const { searchParams } = new URL(response.headers.get('location')!);
      expect(searchParams.get('response_type')).toBe('code');
      expect(searchParams.get('scope')).toBe('openid');
      expect(searchParams.get('code_challenge_method')).toBe('S256');
      expect(searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
      expect(searchParams.get('nonce')).toBeTruthy();
      expect(searchParams.get('state')).toMatch(/^[\w-]+$/);
      expect(searchParams.has('acr_values')).toBe(false);
    });

    it('stores nothing for 300 strangers who only begin, but how many they are', async () => {
      const rows = async () => {
        const tables: { name: string }[] = await dataSource.query(
          `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'request_count'`,
        );
        const counts = await Promise.all(
          tables.map(({ name }) => dataSource.query(`select count(*)::int n from ${name}`)),
        );
        return counts.flat();
      };
      const before = await rows();
      for (let stranger = 0; stranger < 300; stranger++)
        expect((await fetch(`${publicUrl}/auth/login`, { redirect: 'manual' })).status).toBe(303);
      expect(await rows()).toEqual(before);
      expect(before.every(({ n }: { n: number }) => n === 0)).toBe(true);
    });

    it('does not tell the provider the page that was asked for', async () => {
      const response = await new Browser().fetch(`${publicUrl}/auth/login?returnTo=/signalen/MN-2026-000001`);
      const address = response.headers.get('location')!;
      const state = new URL(address).searchParams.get('state')!;
      expect(address).not.toContain('MN-2026');
      expect(Buffer.from(state, 'base64url').toString('latin1')).not.toContain('MN-2026');
    });

    it('refuses a state that was changed on the way', async () => {
      const browser = new Browser();
      const callback = new URL(await throughProvider(browser, publicUrl));
      const bytes = Buffer.from(callback.searchParams.get('state')!, 'base64url');
      for (const place of [0, 20, bytes.length - 1]) {
        const changed = Buffer.from(bytes);
        changed[place]! ^= 1;
        callback.searchParams.set('state', changed.toString('base64url'));
        expect(await codeOf(await browser.fetch(callback.href))).toBe('login-failed');
      }
    });

    it('refuses a state that was used before', async () => {
      const browser = new Browser();
      const callback = await throughProvider(browser, publicUrl);
      expect((await browser.fetch(callback)).status).toBe(303);
      const again = await browser.fetch(callback);
      expect(again.status).toBe(401);
      expect(await codeOf(again)).toBe('login-failed');
    });

    it('refuses a state that it never gave out, or none', async () => {
      const browser = new Browser();
      const callback = new URL(await throughProvider(browser, publicUrl));
      callback.searchParams.set('state', randomBytes(32).toString('base64url'));
      expect(await codeOf(await browser.fetch(callback.href))).toBe('login-failed');
      callback.searchParams.delete('state');
      expect(await codeOf(await browser.fetch(callback.href))).toBe('login-failed');
    });

    it('sends a person whose login failed to the home page, with no more than the code', async () => {
      const headers = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
      const response = await new Browser().fetch(`${publicUrl}/auth/callback?code=x&state=y`, { headers });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/?problem=login-failed']);
    });

    it('refuses to log in a browser by an address made for another one, which still works there', async () => {
      const attacker = new Browser();
      const callback = await throughProvider(attacker, publicUrl);
      const victim = new Browser();
      await victim.fetch(`${publicUrl}/auth/login`);
      const response = await victim.fetch(callback);
      expect(await codeOf(response)).toBe('login-failed');
      expect(victim.cookies.has('verwijsindex')).toBe(false);
      expect((await attacker.fetch(callback)).status).toBe(303);
    });

    it('refuses a code of another login, without the words of the provider', async () => {
      const browser = new Browser();
      const one = new URL(await throughProvider(browser, publicUrl));
      const other = new URL(await throughProvider(browser, publicUrl));
      one.searchParams.set('code', other.searchParams.get('code')!);
      const response = await browser.fetch(one.href);
      expect(response.status).toBe(401);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ code: 'login-failed' });
      expect(text).not.toMatch(/grant|PKCE|verif/i);
    });

    it('passes on no word of an error that the provider sends along', async () => {
      const browser = new Browser();
      const callback = new URL(await throughProvider(browser, publicUrl));
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'access_denied');
      callback.searchParams.set('error_description', 'Jan Jansen refused');
      const text = await (await browser.fetch(callback.href)).text();
      expect(JSON.parse(text)).toMatchObject({ code: 'login-failed' });
      expect(text).not.toMatch(/denied|Jansen/);
    });

    it.each([
      ['an empty cookie', ''],
      ['a cookie that somebody else planted', 'PRESET'],
    ])('gives a new secret to a browser with %s, and lets it in', async (_what, planted) => {
      const browser = new Browser();
      browser.cookies.set('verwijsindex-login', planted);
      const callback = await throughProvider(browser, publicUrl);
      expect(browser.cookies.get('verwijsindex-login')).toMatch(/^[\w-]{43}$/);
      expect((await browser.fetch(callback)).status).toBe(303);
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(200);
    });

    it('gives another secret to every attempt', async () => {
      const browser = new Browser();
      const secrets = new Set<string>();
      for (let n = 0; n < 6; n += 1) {
        await throughProvider(browser, publicUrl);
        secrets.add(browser.cookies.get('verwijsindex-login')!.split('.')[0]!);
      }
      expect(secrets.size).toBe(6);
      expect(browser.cookies.get('verwijsindex-login')!.split('.')).toHaveLength(4);
    });

    it('lets two tabs log in side by side', async () => {
      const browser = new Browser();
      const first = await throughProvider(browser, publicUrl);
      const second = await throughProvider(browser, publicUrl);
      expect((await browser.fetch(second)).status).toBe(303);
      expect((await browser.fetch(first)).status).toBe(303);
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(200);
    });

    it('refuses an attempt that took longer than a quarter of an hour', async () => {
      const browser = new Browser();
      const callback = await throughProvider(browser, publicUrl);
      clock.advance(15 * MINUTE);
      expect(await codeOf(await browser.fetch(callback))).toBe('login-failed');
    });

    it.each([
      `/${'a'.repeat(1000)}`,
      '//elsewhere.example',
      '/\\elsewhere.example',
      '/\t/elsewhere.example',
      '/.//elsewhere.example',
      'https://elsewhere.example/',
      'javascript:alert(1)',
      'whoami',
      '',
    ])('refuses to return to %j', async (returnTo) => {
      const response = await new Browser().fetch(
        `${publicUrl}/auth/login?returnTo=${encodeURIComponent(returnTo)}`,
      );
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ invalidParams: [{ name: 'returnTo' }] });
    });

    it('refuses two return addresses at once', async () => {
      const response = await new Browser().fetch(`${publicUrl}/auth/login?returnTo=/a&returnTo=/b`);
      expect(response.status).toBe(400);
    });
  });

  describe('the session', () => {
    it('is closed by default: without a session only what is marked public answers', async () => {
      const browser = new Browser();
      const closed = await browser.fetch(`${publicUrl}/whoami`);
      expect(closed.status).toBe(401);
      expect(closed.headers.get('content-type')).toMatch('application/problem+json');
      expect(await codeOf(closed)).toBe('not-logged-in');
      expect(await codeOf(await browser.post(`${publicUrl}/act`))).toBe('not-logged-in');
      expect((await browser.fetch(`${publicUrl}/open`)).status).toBe(200);
    });

    it('is refused for an invented cookie', async () => {
      const browser = new Browser();
      browser.cookies.set('verwijsindex', randomBytes(32).toString('base64url'));
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(401);
    });

    it('is kept in the database as a hash only', async () => {
      const browser = await loggedIn();
      const secret = browser.cookies.get('verwijsindex')!;
      expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
      const [row] = await dataSource.query('select * from login_session');
      expect(row.subject).toBe(SUBJECT);

      expect(row.id_hash).toEqual(createHash('sha256').update(secret).digest());
      const [{ dump }] = await dataSource.query("select string_agg(s::text, ' ') dump from login_session s");
      for (const form of [
        secret,
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret, 'base64url').toString('hex'),
      ]) {
        expect(dump).not.toContain(form);
      }
    });

    it('has a cookie that scripts and other sites do not get, for as long as the browser is open', async () => {
      const browser = await loggedIn();
      expect(browser.attributes.get('verwijsindex')).toBe('Path=/; HttpOnly; SameSite=Lax');
    });

    it('has a cookie bound to this host and to https, where the app is on https', async () => {
      const { port } = secureApp.getHttpServer().address() as AddressInfo;
      const local = `http://127.0.0.1:${port}`;
      const browser = new Browser();
      const callback = await throughProvider(browser, local);
      expect(callback).toMatch(`${HTTPS}/auth/callback?`);
      expect((await browser.fetch(callback.replace(HTTPS, local))).status).toBe(303);
      expect(browser.attributes.get('__Host-verwijsindex')).toBe('Path=/; HttpOnly; Secure; SameSite=Lax');
      expect(browser.attributes.get('__Host-verwijsindex-login')).toMatch('Secure');
      expect((await browser.fetch(`${local}/whoami`)).status).toBe(200);
    });

    it('ends after half an hour without a request', async () => {
      const browser = await loggedIn();
      for (let request = 0; request < 3; request++) {
        clock.advance(29 * MINUTE);
        expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(200);
      }
      clock.advance(30 * MINUTE);
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(401);
    });

    it('ends after half an hour in which a screen asked by itself only', async () => {
      const browser = await loggedIn();
      const look = () => browser.fetch(`${publicUrl}/whoami`, { headers: { Unattended: 'true' } });
      clock.advance(20 * MINUTE);
      expect((await look()).status).toBe(200);
      clock.advance(10 * MINUTE);
      expect((await look()).status).toBe(401);
    });

    it('ends eight hours after login, however busy', async () => {
      const browser = await loggedIn();
      for (let minutes = 20; minutes < 8 * 60; minutes += 20) {
        clock.advance(20 * MINUTE);
        expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(200);
      }
      clock.advance(20 * MINUTE);
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(401);
    });

    it('gives way to a new one at the next login', async () => {
      const browser = await loggedIn();
      const earlier = browser.cookies.get('verwijsindex')!;
      await browser.fetch(await throughProvider(browser, publicUrl));
      expect(browser.cookies.get('verwijsindex')).not.toBe(earlier);
      const thief = new Browser();
      thief.cookies.set('verwijsindex', earlier);
      expect((await thief.fetch(`${publicUrl}/whoami`)).status).toBe(401);
    });

    it('ends at logout for whoever kept the cookie, and tells where to log out at the provider', async () => {
      const browser = await loggedIn();
      const kept = browser.cookies.get('verwijsindex')!;
      const response = await browser.post(`${publicUrl}/auth/logout`);
      expect(response.status).toBe(200);
      const { endSessionUrl } = (await response.json()) as { endSessionUrl: string };
      expect(endSessionUrl).toMatch(`${provider.issuer}/session/end?`);
      expect(new URL(endSessionUrl).searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/`);
      expect(browser.cookies.has('verwijsindex')).toBe(false);
      browser.cookies.set('verwijsindex', kept);
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(401);
    });

    it('is deleted when its time is over and not before', async () => {
      await loggedIn();
      const login = app.get(Login);
      clock.advance(29 * MINUTE);
      expect(await login.deleteExpired()).toBe(0);
      clock.advance(MINUTE);
      expect(await login.deleteExpired()).toBe(1);
      expect(await dataSource.query('select 1 from login_session')).toEqual([]);
    });

    it('is looked after by a timer', () => {
      expect(app.get(SchedulerRegistry).getIntervals()).toHaveLength(1);
    });
  });

  describe('requests of other sites', () => {
    const json = { 'content-type': 'application/json' };

    it.each<Record<string, string>>([
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])('are refused when they would change something: %j', async (headers) => {
      const browser = await loggedIn();
      const response = await browser.post(`${publicUrl}/act`, { ...json, ...headers }, '{}');
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('foreign-origin');
      expect(await codeOf(await browser.post(`${publicUrl}/auth/logout`, headers))).toBe('foreign-origin');
      expect((await browser.fetch(`${publicUrl}/whoami`)).status).toBe(200);
    });

    it('are told from own ones, and from programs that say nothing', async () => {
      const browser = await loggedIn();
      const own: Record<string, string>[] = [
        { origin: publicUrl, 'sec-fetch-site': 'same-origin' },
        { 'sec-fetch-site': 'none' },
        {},
      ];
      for (const headers of own) {
        const response = await browser.post(`${publicUrl}/act`, { ...json, ...headers }, '{"a":1}');
        expect(response.status).toBe(201);
        expect(await response.json()).toEqual({ received: { a: 1 } });
      }
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'cannot be a plain form: %s is not read',
      async (type) => {
        const browser = await loggedIn();
        const response = await browser.post(`${publicUrl}/act`, { 'content-type': type }, 'a=1');
        expect(response.status).toBe(415);
        expect(await codeOf(response)).toBe('unsupported-media-type');
      },
    );

    it('cannot be one either where a handler reads one more type, which stays closed to other sites', async () => {
      const browser = await loggedIn();
      const post = async (path: string, type: string, headers: Record<string, string> = {}) =>
        (await browser.post(`${publicUrl}${path}`, { 'content-type': type, ...headers }, 'a')).status;
      expect(await post('/file', 'text/csv')).toBe(201);
      expect(await post('/file', 'text/csv; charset=windows-1252')).toBe(201);
      expect(await post('/file', 'text/plain')).toBe(415);
      expect(await post('/act', 'text/csv')).toBe(415);
      expect(await post('/file', 'text/csv', { origin: 'https://elsewhere.example' })).toBe(403);
    });

    it('need no content type when they have no body', async () => {
      const browser = await loggedIn();
      expect((await browser.post(`${publicUrl}/act`)).status).toBe(201);
    });
  });

  describe('a provider that is down', () => {
    it('does not keep the app from starting; login says so, and works as soon as the provider is back', async () => {
      const port = await freePort();
      const issuer = `http://127.0.0.1:${port}`;
      const early = await startApp(database.url, clock, 0, { publicUrl, issuer });
      try {
        const { port: appPort } = early.getHttpServer().address() as AddressInfo;
        const url = `http://127.0.0.1:${appPort}/auth/login`;
        const down = await new Browser().fetch(url);
        expect(down.status).toBe(503);
        expect(await codeOf(down)).toBe('unavailable');
        const back = createServer((_request, response) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}/auth` }));
        });
        await new Promise<void>((resolve) => back.listen(port, '127.0.0.1', resolve));
        try {
          const up = await new Browser().fetch(url);
          expect(up.status).toBe(303);
          expect(up.headers.get('location')).toMatch(`${issuer}/auth?`);
        } finally {
          back.closeAllConnections();
          back.close();
        }
      } finally {
        await early.close();
      }
    });

    it('cannot be one on plain http, unless that is allowed', () => {
      const options = { ...CLIENT, publicUrl, cookieName: 'c', idleTimeout: 1, absoluteTimeout: 1 };
      expect(() => new IdentityProvider({ ...options, issuer: 'http://idp.example' }, options)).toThrow(
        /https/,
      );
      expect(
        () => new IdentityProvider({ ...options, issuer: 'https://idp.example' }, options),
      ).not.toThrow();
    });
  });
});
