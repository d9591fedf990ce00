import 'reflect-metadata';
import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplication } from '@nestjs/common';
import * as oidc from 'openid-client';
import { ConfigurationError } from '#libs/configuration';
import { ProgramLogger } from '#libs/observability';
import { createApp } from './app.js';
import { loadConfig } from './config.js';
import { loadAccounts, loadClients } from './demo-data.js';

const APP = 'http://127.0.0.1:4999';
const CLIENT = {
  clientId: 'portal',
  clientSecret: 'a secret of the test',
  redirectUris: [`${APP}/auth/callback`],
  postLogoutRedirectUris: [`${APP}/`],
};
const ACCOUNTS = `
- { subject: p1, name: 'Ans <b>de</b> Vries', email: ans@school.example, roles: [Professional], region: Noord }
- { subject: p2, name: Bram Smit, email: bram@ggd.example, roles: [Professional, Coördinator], region: Zuid }
- { subject: n1, name: Cato Bos, email: cato@land.example }
`;

const folder = mkdtempSync(path.join(tmpdir(), 'idp-simulator-'));
const file = (name: string, content: string): string => {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
};

/** Keeps cookies by name, follows nothing by itself. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async fetch(url: string, form?: Record<string, string>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : undefined,
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const name = pair.slice(0, pair.indexOf('='));
      this.cookies.set(name, pair.slice(name.length + 1));
    }
    return response;
  }

  /** Follows redirects within the simulator, and stops at a page or at an address elsewhere. */
  async follow(url: string, form?: Record<string, string>): Promise<{ url: string; response?: Response }> {
    const response = await this.fetch(url, form);
    const location = response.headers.get('location');
    if (!location) return { url, response };
    const next = new URL(location, url).href;
    return next.startsWith(APP) ? { url: next } : this.follow(next);
  }
}

describe('idp-simulator', () => {
  let app: INestApplication;
  let issuer: string;
  let configuration: oidc.Configuration;
  const settings = {
    ACCOUNTS_FILE: file('accounts.yaml', ACCOUNTS),
    CLIENTS_FILE: file('clients.json', JSON.stringify([CLIENT])),
    COOKIE_KEY: 'a key of sixteen characters',
  };

  beforeAll(async () => {
    // the provider's remark that memory is for development
    for (const method of ['info', 'warn'] as const)
      jest.spyOn(console, method).mockImplementation(() => undefined);
    const reservation = createServer();
    await new Promise<void>((resolve) => reservation.listen(0, '127.0.0.1', resolve));
    const { port } = reservation.address() as AddressInfo;
    await new Promise((resolve) => reservation.close(resolve));
    issuer = `http://127.0.0.1:${port}`;
    const config = loadConfig({ ...settings, ISSUER: issuer });
    app = await createApp(
      config,
      loadAccounts(config.accountsFile),
      loadClients(config.clientsFile),
      new ProgramLogger('idp-simulator', 'silent'),
    );
    await app.listen(port, '127.0.0.1');
    configuration = await oidc.discovery(
      new URL(issuer),
      CLIENT.clientId,
      undefined,
      oidc.ClientSecretBasic(CLIENT.clientSecret),
      { execute: [oidc.allowInsecureRequests] },
    );
  });
  afterAll(() => app?.close());

  const verifier = oidc.randomPKCECodeVerifier();
  const loginUrl = async (extra: Record<string, string> = {}): Promise<string> =>
    oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: CLIENT.redirectUris[0]!,
      scope: 'openid profile email',
      state: 'a-state',
      nonce: 'a-nonce',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...extra,
    }).href;
  const tokensFor = (callback: string) =>
    oidc.authorizationCodeGrant(configuration, new URL(callback), {
      pkceCodeVerifier: verifier,
      expectedState: 'a-state',
      expectedNonce: 'a-nonce',
    });

  it('logs a program in by following redirects and posting one form, without asking consent', async () => {
    const browser = new Browser();
    const choice = await browser.follow(await loginUrl());
    expect(choice.response?.status).toBe(200);
    const { url } = await browser.follow(choice.url, { subject: 'p2' });
    const tokens = await tokensFor(url);
    expect(tokens.claims()?.sub).toBe('p2');
    const info = await oidc.fetchUserInfo(configuration, tokens.access_token, 'p2');
    expect(info).toEqual({ sub: 'p2', name: 'Bram Smit', email: 'bram@ggd.example' });
  });

  it('signs with a key that it publishes', async () => {
    const checked = await oidc.discovery(
      new URL(issuer),
      CLIENT.clientId,
      undefined,
      oidc.ClientSecretBasic(CLIENT.clientSecret),
      { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
    );
    const browser = new Browser();
    const choice = await browser.follow(await loginUrl());
    const { url } = await browser.follow(choice.url, { subject: 'p1' });
    const tokens = await oidc.authorizationCodeGrant(checked, new URL(url), {
      pkceCodeVerifier: verifier,
      expectedState: 'a-state',
      expectedNonce: 'a-nonce',
    });
    expect(tokens.claims()?.sub).toBe('p1');
  });

  it('lets nobody in without PKCE', async () => {
    const address = new URL(await loginUrl());
    address.searchParams.delete('code_challenge');
    address.searchParams.delete('code_challenge_method');
    const { url } = await new Browser().follow(address.href);
    expect(new URL(url).searchParams.get('error')).toBe('invalid_request');
  });

  it('knows who is logged in, so a second app asks nothing; two logins under way do not cancel each other', async () => {
    const browser = new Browser();
    const choice = await browser.follow(await loginUrl());
    const first = await browser.follow(choice.url, { subject: 'p1' });
    const second = await browser.follow(await loginUrl());
    expect(second.response).toBeUndefined();
    expect((await tokensFor(second.url)).claims()?.sub).toBe('p1');
    expect((await tokensFor(first.url)).claims()?.sub).toBe('p1');
  });

  it('refuses an account that is not in the list and shows the list again', async () => {
    const browser = new Browser();
    const choice = await browser.follow(await loginUrl());
    for (const form of [{ subject: 'nobody' }, {}]) {
      const { response } = await browser.follow(choice.url, form as Record<string, string>);
      expect(response?.status).toBe(400);
      const text = await response!.text();
      expect(text).toContain('role="alert"');
      expect(text).toContain('value="p1"');
    }
  });

  it('says in Dutch to begin again when a login is not under way in this browser', async () => {
    const choice = await new Browser().follow(await loginUrl());
    const { response } = await new Browser().follow(choice.url, { subject: 'p1' });
    expect(response?.status).toBe(400);
    expect(await response!.text()).toContain('begin opnieuw met inloggen');
  });

  it('shows an own page, without the words of the request, when a request makes no sense', async () => {
    const { response } = await new Browser().follow(
      await loginUrl({ redirect_uri: 'https://elsewhere.example/<b>' }),
    );
    expect(response?.status).toBe(400);
    const text = await response!.text();
    expect(text).toContain('<html lang="nl">');
    expect(text).not.toContain('elsewhere');
  });

  it('logs out after one confirmation and goes back to the app; then a login asks for an account again', async () => {
    const browser = new Browser();
    const choice = await browser.follow(await loginUrl());
    await browser.follow(choice.url, { subject: 'p1' });
    const address = oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${APP}/` }).href;
    const question = await (await browser.fetch(address)).text();
    expect(question).toContain('name="logout" value="yes"');
    const action = /action="([^"]+)"/.exec(question)![1]!;
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question)![1]!;
    expect(await browser.follow(action, { xsrf, logout: 'yes' })).toEqual({ url: `${APP}/` });
    expect((await browser.follow(await loginUrl())).response?.status).toBe(200);
  });

  it('sends who is not logged in straight back from logout', async () => {
    const address = oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${APP}/` }).href;
    expect(await new Browser().follow(address)).toEqual({ url: `${APP}/` });
    const { response } = await new Browser().follow(`${issuer}/session/end`);
    expect(await response!.text()).toContain('U bent uitgelogd');
  });

  it('goes to no address after logout that the app did not register', async () => {
    const address = oidc.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: 'https://elsewhere.example/',
    });
    const { response } = await new Browser().follow(address.href);
    expect(response?.status).toBe(400);
  });

  describe('pages', () => {
    it('list the accounts by region, escaped, and say that this is a demo', async () => {
      const text = await (await fetch(issuer)).text();
      expect(text).toContain('Ans &lt;b&gt;de&lt;/b&gt; Vries');
      expect(text).not.toContain('<b>');
      expect([...text.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading)).toEqual([
        'Noord',
        'Zuid',
        'Landelijk',
      ]);
      expect(text).toContain('Dit is een demo');
      expect(text).toContain('Professional · Coördinator · bram@ggd.example');
    });

    it('run no script, load nothing, cannot be framed, and their style is the one that the policy allows', async () => {
      for (const address of [issuer, await loginUrl()]) {
        const { response } = await new Browser().follow(address);
        const policy = response!.headers.get('content-security-policy')!;
        const text = await response!.text();
        const style = /<style>([\s\S]*?)<\/style>/.exec(text)![1]!;
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).toContain(`form-action 'self' ${APP}`);
        expect(policy).not.toContain('script-src');
        expect(text).not.toMatch(/<script|https?:|@import|style=|\son\w+=/);
      }
    });
  });

  it('answers for its health and figures', async () => {
    for (const place of ['live', 'ready']) {
      expect(await (await fetch(`${issuer}/health/${place}`)).json()).toMatchObject({ status: 'ok' });
    }
    expect(await (await fetch(`${issuer}/metrics`)).text()).toContain('process_cpu_seconds_total');
  });

  describe('settings', () => {
    const valid = { ...settings, ISSUER: 'https://idp.example' };

    it('refuse production, unless the demo login is allowed on purpose', () => {
      expect(() => loadConfig({ ...valid, NODE_ENV: 'production' })).toThrow(/ALLOW_DEMO_LOGIN/);
      expect(() => loadConfig({ ...valid, NODE_ENV: 'production', ALLOW_DEMO_LOGIN: 'false' })).toThrow(
        ConfigurationError,
      );
      expect(loadConfig({ ...valid, NODE_ENV: 'production', ALLOW_DEMO_LOGIN: 'true' }).allowDemoLogin).toBe(
        true,
      );
    });

    it('name what is missing or wrong', () => {
      expect(() => loadConfig({})).toThrow(/ISSUER[\s\S]*ACCOUNTS_FILE[\s\S]*CLIENTS_FILE[\s\S]*COOKIE_KEY/);
      expect(() => loadConfig({ ...valid, ISSUER: 'https://idp.example/path' })).toThrow(/ISSUER/);
      expect(() => loadConfig({ ...valid, COOKIE_KEY: 'short' })).toThrow(/COOKIE_KEY/);
    });

    it.each([
      ['is no list', 'subject: p1', /must hold a list/],
      ['is empty', '[]', /must hold a list/],
      ['cannot be parsed', '[', /cannot be read/],
      ['lacks a name', '[{subject: p1, email: a@b.example}]', /item 1: name/],
      [
        'has a property too many',
        '[{subject: p1, name: A, email: a@b.example, password: x}]',
        /item 1: password/,
      ],
      ['holds something else', '[just text]', /item 1/],
      [
        'names a subject twice',
        '[{subject: p1, name: A, email: a@b.example}, {subject: p1, name: B, email: b@b.example}]',
        /subject must differ/,
      ],
    ])('refuse a file of accounts that %s', (_what, content, message) => {
      const load = () => loadAccounts(file('wrong.yaml', content));
      expect(load).toThrow(ConfigurationError);
      expect(load).toThrow(message);
    });

    it('refuse a file that is not there, and a client with an address that is none', () => {
      expect(() => loadAccounts(path.join(folder, 'absent'))).toThrow(/ACCOUNTS_FILE/);
      expect(() =>
        loadClients(file('clients-wrong.json', JSON.stringify([{ ...CLIENT, redirectUris: ['portal'] }]))),
      ).toThrow(/CLIENTS_FILE: item 1: redirectUris/);
    });
  });
});
