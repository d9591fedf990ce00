import { generateKeyPairSync, randomUUID, createPublicKey } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { jwtVerify } from 'jose';
import { DataSource } from 'typeorm';
import { HOUR, MINUTE, SettableClock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { ForgingProvider, type Claims, type Forgery } from './forging-provider.fixture.js';
import { IdentityProvider } from './identity-provider.js';
import { Login, type LoginOptions } from './index.js';
import { Browser, codeOf, createLoginDatabase, startApp } from './login.fixture.js';

const CLIENT = { clientId: 'node', clientSecret: 'a-secret_of.the test+/=~' };
const PUBLIC_URL = 'https://verwijsindex.example';

let database: Awaited<ReturnType<typeof createLoginDatabase>>;
let provider: ForgingProvider;
let app: INestApplication;
let dataSource: DataSource;
const clock = new SettableClock(new Date());

beforeAll(async () => {
  database = await createLoginDatabase();
  provider = await ForgingProvider.start(CLIENT.clientId, CLIENT.clientSecret);
  app = await start({});
  dataSource = app.get(DataSource);
});
afterAll(async () => {
  await app?.close();
  provider?.stop();
  await database?.drop();
});
beforeEach(async () => {
  clock.set(new Date());
  provider.next = {};
  provider.userInfo = undefined;
  provider.metadata = {};
  provider.tokenRequests.length = 0;
  await dataSource.query('truncate login_session, login_logout');
});

const start = (options: Partial<LoginOptions>) =>
  startApp(database.url, clock, 0, { ...CLIENT, publicUrl: PUBLIC_URL, issuer: provider.issuer, ...options });
const addressOf = (one: INestApplication): string =>
  `http://127.0.0.1:${(one.getHttpServer().address() as AddressInfo).port}`;

/** Does something with an app of these options, and of what the provider says then. */
async function withApp<T>(
  options: Partial<LoginOptions>,
  work: (one: INestApplication) => Promise<T>,
): Promise<T> {
  const one = await start(options);
  try {
    return await work(one);
  } finally {
    await one.close();
  }
}

/** Logs a browser in. @returns where it was sent, or the code of the problem */
async function logIn(one = app, browser = new Browser()): Promise<string> {
  const login = await browser.fetch(`${addressOf(one)}/auth/login?returnTo=/whoami`);
  const back = await browser.fetch(login.headers.get('location')!);
  const callback = back.headers.get('location')!.replace(PUBLIC_URL, addressOf(one));
  const response = await browser.fetch(callback);
  return response.status === 303 ? response.headers.get('location')! : String(await codeOf(response));
}

const sessions = (): Promise<{ subject: string }[]> => dataSource.query('select subject from login_session');

/** What becomes of a login with this forged token. */
async function outcomeOf(forgery: Forgery): Promise<string> {
  provider.next = forgery;
  const outcome = await logIn();
  const stored = await sessions();
  return outcome === '/whoami' && stored.length === 1
    ? 'logged in'
    : `${outcome}${stored.length === 0 ? '' : ', and something is stored'}`;
}

describe('an ID token', () => {
  const now = Math.floor(Date.now() / 1000);

  it.each<[string, Forgery]>([
    ['as it should be', {}],
    [
      'for several audiences, given out to this client',
      { claims: { aud: ['node', 'account'], azp: 'node' } },
    ],
    ['for one audience in a list', { claims: { aud: ['node'] } }],
    ['given out to this client, and saying so', { claims: { azp: 'node' } }],
    ['of a provider whose clock is 20 s ahead', { ahead: 20, claims: { nbf: now + 20 } }],
    ['of a provider whose clock is 20 s behind', { ahead: -20 }],
    ['that ended 20 s ago', { claims: { exp: now - 20 } }],
    ['with a subject of 255 characters', { claims: { sub: 'x'.repeat(255) } }],
    ['with a session and a level of assurance that nobody asked for', { claims: { sid: 's1', acr: '0' } }],
  ])('%s logs a person in', async (_what, forgery) => {
    expect(await outcomeOf(forgery)).toBe('logged in');
  });

  it.each<[string, Forgery]>([
    ['for several audiences, not saying to whom it was given out', { claims: { aud: ['node', 'account'] } }],
    [
      'for several audiences, given out to another client',
      { claims: { aud: ['node', 'account'], azp: 'account' } },
    ],
    ['for another client', { claims: { aud: 'account' } }],
    ['for nobody', { claims: { aud: [] } }],
    ['with an empty subject', { claims: { sub: '' } }],
    ['without subject', { claims: { sub: undefined } }],
    ['with a subject that is a number', { claims: { sub: 7 } }],
    ['with a subject that is a list', { claims: { sub: ['a7c1'] } }],
    ['with a subject that is null', { claims: { sub: null } }],
    ['with a subject of 256 characters', { claims: { sub: 'x'.repeat(256) } }],
    ['with a subject that has a space', { claims: { sub: 'a7c1 ' } }],
    ['with a subject that has a line break', { claims: { sub: 'a7c1\n' } }],
    ['with a subject outside ASCII', { claims: { sub: 'a7ç1' } }],
    ['with another nonce', { claims: { nonce: 'another' } }],
    ['without nonce', { claims: { nonce: undefined } }],
    ['of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    ['of the issuer with a slash more', { claims: { iss: 'replaced below' } }],
    ['that ended ten minutes ago', { claims: { exp: now - 600 } }],
    ['without end', { claims: { exp: undefined } }],
    ['without time of issue', { claims: { iat: undefined } }],
    ['issued an hour from now', { claims: { iat: now + 3600, exp: now + 7200 } }],
    ['issued two minutes from now', { ahead: 120 }],
    ['not valid before two minutes from now', { claims: { nbf: now + 120 } }],
    ['that nobody signed', { signedBy: 'none' }],
    ['signed by another key under the name of the right one', { signedBy: 'stranger' }],
    ['signed with the secret of the client', { signedBy: 'secret' }],
    ['with a session that is no text', { claims: { sid: 7 } }],
  ])('%s logs nobody in, and nothing is stored', async (what, forgery) => {
    if (what === 'of the issuer with a slash more') forgery = { claims: { iss: `${provider.issuer}/` } };
    expect(await outcomeOf(forgery)).toBe('login-failed');
  });
});

describe('a provider that sends somebody back without a code', () => {
  it.each(['access_denied', 'login_required', 'server_error', 'x'.repeat(500)])(
    'because of %s: login-failed, with what to do',
    async (error) => {
      const browser = new Browser();
      const login = await browser.fetch(`${addressOf(app)}/auth/login`);
      const state = new URL(login.headers.get('location')!).searchParams.get('state')!;
      for (const sent of [state, 's']) {
        const query = new URLSearchParams({ error, state: sent }).toString();
        const response = await browser.fetch(`${addressOf(app)}/auth/callback?${query}`);
        const text = await response.text();
        expect(JSON.parse(text)).toMatchObject({
          code: 'login-failed',
          detail: expect.stringContaining('of u toegang hebt tot de verwijsindex') as string,
        });
        expect(text).not.toContain(error);
      }
      const page = await browser.fetch(`${addressOf(app)}/auth/callback?error=${error}&state=${state}`, {
        headers: { Accept: 'text/html' },
      });
      expect(page.headers.get('location')).toBe('/?problem=login-failed');
      expect(await sessions()).toEqual([]);
    },
  );
});

describe('the claim that is the subject', () => {
  const subjectWith = (claims: Claims, userInfo?: Claims): Promise<unknown> => {
    provider.next = { claims };
    provider.userInfo = userInfo;
    return withApp({ subjectClaim: 'oid' }, async (one) => {
      const outcome = await logIn(one);
      const stored = await sessions();
      return outcome === '/whoami' ? stored[0]!.subject : stored.length === 0 ? outcome : 'stored';
    });
  };

  it('may be another than sub, of which the scope is asked for', async () => {
    expect(await subjectWith({ oid: '6f0e-1' })).toBe('6f0e-1');
    await withApp({ subjectClaim: 'oid' }, async (one) => {
      const login = await new Browser().fetch(`${addressOf(one)}/auth/login`);
      expect(new URL(login.headers.get('location')!).searchParams.get('scope')).toBe('openid profile');
    });
  });

  it.each<[string, Claims]>([
    ['absent', {}],
    ['null', { oid: null }],
    ['empty', { oid: '' }],
    ['too long', { oid: 'x'.repeat(256) }],
    ['a number', { oid: 7 }],
    ['a list', { oid: ['6f0e-1'] }],
    ['an object', { oid: { value: '6f0e-1' } }],
    ['true', { oid: true }],
    ['text with a space', { oid: '6f0e 1' }],
    ['there, beside an empty sub', { oid: '6f0e-1', sub: '' }],
  ])('%s: nobody is logged in, and nothing is stored', async (_what, claims) => {
    expect(await subjectWith(claims)).toBe('login-failed');
  });

  it('may be told by the userinfo endpoint alone', async () => {
    expect(await subjectWith({}, { sub: 'a7c1', oid: '6f0e-1' })).toBe('6f0e-1');
  });

  it.each<[string, Claims]>([
    ['of somebody else', { sub: 'another', oid: '6f0e-1' }],
    ['of nobody', { oid: '6f0e-1' }],
    ['without the claim', { sub: 'a7c1' }],
    ['with an empty claim', { sub: 'a7c1', oid: '' }],
    ['with a claim that is no text', { sub: 'a7c1', oid: 7 }],
  ])('is not taken from a userinfo answer %s', async (_what, userInfo) => {
    expect(await subjectWith({}, userInfo)).toBe('login-failed');
  });
});

describe('a level of assurance that is demanded', () => {
  const acrValues = ['urn:high', 'urn:substantial'];
  const outcomeFor = (acr: unknown) => {
    provider.next = { claims: { acr } };
    return withApp({ acrValues }, logIn);
  };

  it('is asked of the provider', () =>
    withApp({ acrValues }, async (one) => {
      const login = await new Browser().fetch(`${addressOf(one)}/auth/login`);
      expect(new URL(login.headers.get('location')!).searchParams.get('acr_values')).toBe(
        'urn:high urn:substantial',
      );
    }));

  it.each(acrValues)('is met by %s', async (acr) => {
    expect(await outcomeFor(acr)).toBe('/whoami');
  });

  it.each([['urn:low'], [''], [undefined], [null], [['urn:high']], [{}], ['urn:high urn:substantial'], [0]])(
    'is not met by %j',
    async (acr) => {
      expect(await outcomeFor(acr)).toBe('assurance-too-low');
      expect(await sessions()).toEqual([]);
    },
  );

  it('says so on the page', async () => {
    provider.next = { claims: { acr: 'urn:low' } };
    await withApp({ acrValues }, async (one) => {
      const browser = new Browser();
      const login = await browser.fetch(`${addressOf(one)}/auth/login`);
      const back = await browser.fetch(login.headers.get('location')!);
      const callback = back.headers.get('location')!.replace(PUBLIC_URL, addressOf(one));
      const page = await browser.fetch(callback, { headers: { Accept: 'text/html' } });
      expect(page.headers.get('location')).toBe('/?problem=assurance-too-low');
    });
  });
});

describe('the client', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'login-'));
  const keyFile = (name: string, key: ReturnType<typeof generateKeyPairSync>['privateKey']): string => {
    const file = path.join(folder, name);
    writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }));
    return file;
  };
  const proofWith = async (options: Partial<LoginOptions>, supported?: string[]) => {
    provider.metadata = supported ? { token_endpoint_auth_methods_supported: supported } : {};
    await withApp(options, async (one) => expect(await logIn(one)).toBe('/whoami'));
    const { authorization, form } = provider.tokenRequests[0]!;
    const basic = authorization && Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
    return { basic, secret: form.get('client_secret'), assertion: form.get('client_assertion') };
  };
  const BASIC = { basic: 'node:a-secret_of.the+test%2B%2F%3D%7E', secret: null, assertion: null };
  const POST = { basic: undefined, secret: CLIENT.clientSecret, assertion: null };

  it.each<[string, Partial<LoginOptions>, string[] | undefined, object]>([
    ['client_secret_basic where the provider says nothing', {}, undefined, BASIC],
    ['client_secret_basic where both will do', {}, ['client_secret_post', 'client_secret_basic'], BASIC],
    ['client_secret_post where only that will do', {}, ['client_secret_post'], POST],
    ['client_secret_post where it is beside a key', {}, ['private_key_jwt', 'client_secret_post'], POST],
    [
      'client_secret_post by setting',
      { clientAuthentication: 'client_secret_post' },
      ['client_secret_basic'],
      POST,
    ],
    [
      'client_secret_basic by setting',
      { clientAuthentication: 'client_secret_basic' },
      ['client_secret_post'],
      BASIC,
    ],
  ])('proves who it is by %s', async (_what, options, supported, proof) => {
    expect(await proofWith(options, supported)).toEqual(proof);
  });

  it.each(['-', '.', '_', '*', 'a-b.c_d*e'])(
    'sends %s in a secret as it is, for providers that do not decode',
    async (clientSecret) => {
      expect(await proofWith({ clientSecret })).toMatchObject({ basic: `node:${clientSecret}` });
    },
  );

  it.each(['rsa', 'ec'] as const)('proves who it is by a key (%s) where there is one', async (kind) => {
    const { privateKey, publicKey } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { basic, secret, assertion } = await proofWith({
      clientKeyFile: keyFile(`${kind}.pem`, privateKey),
      clientSecret: undefined,
    });
    expect([basic, secret]).toEqual([undefined, null]);
    const { payload } = await jwtVerify(
      assertion!,
      createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
    );
    expect(payload).toMatchObject({ iss: 'node', sub: 'node', aud: provider.issuer });
  });

  it.each([
    [
      'that is no key',
      () => {
        const file = path.join(folder, 'no.pem');
        writeFileSync(file, 'nothing');
        return file;
      },
    ],
    ['of another kind', () => keyFile('ed.pem', generateKeyPairSync('ed25519').privateKey)],
    ['that is not there', () => path.join(folder, 'absent.pem')],
  ])('does not start with a key %s', (_what, file) => {
    const options = { ...CLIENT, publicUrl: PUBLIC_URL, issuer: 'https://idp.example' };
    expect(() => new IdentityProvider({ ...options, clientKeyFile: file() }, options)).toThrow(
      ConfigurationError,
    );
  });
});

describe('a logout at the provider', () => {
  const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  // jest takes a parameter that a row lacks for its callback
  const rows = (all: [string, Claims, Forgery?][]) =>
    all.map(([what, claims, forgery = {}]): [string, Claims, Forgery] => [what, claims, forgery]);
  const now = Math.floor(Date.now() / 1000);
  const tokenOf = (claims: Claims = {}, forgery: Forgery = {}) =>
    provider.token({ sub: 'a7c1', jti: randomUUID(), events: EVENTS, ...claims }, forgery, 'logout+jwt');
  const send = (token: string) =>
    fetch(`${addressOf(app)}/auth/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
  const loggedIn = async (claims: Claims = {}): Promise<Browser> => {
    provider.next = { claims };
    const browser = new Browser();
    expect(await logIn(app, browser)).toBe('/whoami');
    return browser;
  };
  const isIn = async (browser: Browser) =>
    (
      await browser.fetch(`${addressOf(app)}/whoami`, {
        headers: { cookie: `__Host-verwijsindex=${browser.cookies.get('__Host-verwijsindex')}` },
      })
    ).status === 200;

  it('of a person ends all their sessions and nobody else’s', async () => {
    const one = await loggedIn({ sid: 's1' });
    const two = await loggedIn();
    const other = await loggedIn({ sub: 'another', sid: 's3' });
    const response = await send(await tokenOf());
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect([await isIn(one), await isIn(two), await isIn(other)]).toEqual([false, false, true]);
  });

  it('of a session ends that one', async () => {
    const one = await loggedIn({ sid: 's1' });
    const two = await loggedIn({ sid: 's2' });
    expect((await send(await tokenOf({ sub: undefined, sid: 's1' }))).status).toBe(200);
    expect([await isIn(one), await isIn(two)]).toEqual([false, true]);
  });

  it('of a session of a person ends that one, and those whose session the provider did not name', async () => {
    const one = await loggedIn({ sid: 's1' });
    const two = await loggedIn({ sid: 's2' });
    const unnamed = await loggedIn();
    expect((await send(await tokenOf({ sid: 's1' }))).status).toBe(200);
    expect([await isIn(one), await isIn(two), await isIn(unnamed)]).toEqual([false, true, false]);
  });

  it('of somebody who is not logged in is carried out all the same', async () => {
    expect((await send(await tokenOf({ sub: 'nobody' }))).status).toBe(200);
  });

  it('knows the person by sub, whatever claim the app goes by', async () => {
    provider.next = { claims: { oid: '6f0e-1' } };
    await withApp({ subjectClaim: 'oid' }, async (one) => expect(await logIn(one)).toBe('/whoami'));
    expect(await sessions()).toEqual([{ subject: '6f0e-1' }]);
    await send(await tokenOf());
    expect(await sessions()).toEqual([]);
  });

  it.each(
    rows([
      ['of a clock 20 s ahead', {}, { ahead: 20 }],
      ['without end', { exp: undefined }],
      ['for several audiences, given out to this client', { aud: ['node', 'account'], azp: 'node' }],
    ]),
  )('with a token %s works', async (_what, claims, forgery) => {
    const browser = await loggedIn();
    expect((await send(await tokenOf(claims, forgery))).status).toBe(200);
    expect(await isIn(browser)).toBe(false);
  });

  it.each(
    rows([
      ['of another issuer', { iss: 'https://elsewhere.example' }],
      ['for another client', { aud: 'account' }],
      ['for several audiences, not saying to whom', { aud: ['node', 'account'] }],
      ['without audience', { aud: undefined }],
      ['without time of issue', { iat: undefined }],
      ['issued two minutes from now', {}, { ahead: 120 }],
      ['issued an hour ago', { iat: now - 3600 }],
      ['that has ended', { exp: now - 120 }],
      ['without number', { jti: undefined }],
      ['with an empty number', { jti: '' }],
      ['with a nonce', { nonce: 'x' }],
      ['without event', { events: undefined }],
      ['with another event', { events: { 'https://elsewhere.example/event': {} } }],
      [
        'with an event that is no object',
        { events: { 'http://schemas.openid.net/event/backchannel-logout': 'x' } },
      ],
      ['about nobody', { sub: undefined }],
      ['about an empty subject', { sub: '' }],
      ['about a session that is no text', { sid: 7 }],
      ['about the session of somebody else', { sub: 'another', sid: 's1' }],
      ['that nobody signed', {}, { signedBy: 'none' }],
      ['signed by another key', {}, { signedBy: 'stranger' }],
      ['signed with the secret of the client', {}, { signedBy: 'secret' }],
    ]),
  )('with a token %s is refused, and the session goes on', async (_what, claims, forgery) => {
    const browser = await loggedIn({ sid: 's1' });
    const response = await send(await tokenOf(claims, forgery));
    expect([response.status, await codeOf(response)]).toEqual([400, 'invalid-input']);
    expect(await isIn(browser)).toBe(true);
    expect(await dataSource.query('select 1 from login_logout')).toEqual([]);
  });

  it('works once for each token', async () => {
    const token = await tokenOf();
    expect((await send(token)).status).toBe(200);
    const browser = await loggedIn();
    expect((await send(token)).status).toBe(400);
    expect(await isIn(browser)).toBe(true);
  });

  it('works once when the same token comes twice at the same time', async () => {
    const token = await tokenOf();
    const answers = await Promise.all([send(token), send(token), send(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it('is remembered for as long as its token would be taken', async () => {
    await send(await tokenOf());
    clock.advance(19 * MINUTE);
    await app.get(Login).deleteExpired();
    expect(await dataSource.query('select 1 from login_logout')).toHaveLength(1);
    clock.advance(HOUR);
    await app.get(Login).deleteExpired();
    expect(await dataSource.query('select 1 from login_logout')).toEqual([]);
  });

  it.each([
    ['an ID token', undefined],
    ['nothing', ''],
    ['what is no token', 'x.y.z'],
  ])('is not %s', async (_what, text) => {
    const browser = await loggedIn();
    const token = text ?? (await provider.token({ sub: 'a7c1', nonce: 'x' }));
    expect((await send(token)).status).toBe(400);
    expect(await isIn(browser)).toBe(true);
  });

  it('comes from no page of another site with somebody’s cookie: the token alone counts', async () => {
    const browser = await loggedIn();
    const response = await browser.post(
      `${addressOf(app)}/auth/backchannel-logout`,
      { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' },
      'logout_token=x',
    );
    expect(response.status).toBe(400);
    expect(await isIn(browser)).toBe(true);
  });
});
