import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { temporaryFile } from '../../test/test-node.js';
import type { RegionalNodeConfig } from '../config.js';
import { NoToken, RegisterToken } from './register-token.js';

const URL_OF_TOKENS = 'https://auth.example/nidp/oauth/token';
let requests: URLSearchParams[];
let respond: () => Response | Promise<Response>;
const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const gives = (rest: object = {}): void => {
  respond = () => json(200, { access_token: `token-${requests.length}`, token_type: 'Bearer', ...rest });
};
const tokens = (settings: Partial<RegionalNodeConfig> = {}): RegisterToken =>
  new RegisterToken(
    {
      ...{ personRegisterTokenUrl: URL_OF_TOKENS, personRegisterClientId: 'node' },
      ...{ personRegisterClientSecret: 'geheim' },
      ...settings,
    } as RegionalNodeConfig & { personRegisterTokenUrl: string },
    async (_url, { body }) => {
      requests.push(new URLSearchParams(body as URLSearchParams));
      return respond();
    },
  );
const failure = async (token: RegisterToken): Promise<unknown> => {
  try {
    return await token.current();
  } catch (error) {
    return error instanceof NoToken ? error.answer : error;
  }
};
beforeEach(() => {
  requests = [];
  gives({ expires_in: 300 });
});

describe('the token for the person register', () => {
  it('is asked for with the secret of the client and the further parameters', async () => {
    const parameters = 'scope=609901-00000001234567890000&resourceServer=ResourceServer01';
    expect(await tokens({ personRegisterTokenParameters: parameters }).current()).toBe('token-1');
    expect(Object.fromEntries(requests[0]!)).toEqual({
      ...{ grant_type: 'client_credentials', client_id: 'node', client_secret: 'geheim' },
      ...{ scope: '609901-00000001234567890000', resourceServer: 'ResourceServer01' },
    });
  });

  it('is kept, and asked for once by all who need it at the same time', async () => {
    const token = tokens();
    expect(await Promise.all([token.current(), token.current(), token.current()])).toEqual(
      Array(3).fill('token-1'),
    );
    expect(await token.current()).toBe('token-1');
    expect(requests).toHaveLength(1);
  });

  it('is renewed before it ends', async () => {
    gives({ expires_in: 0.4 });
    const token = tokens();
    expect(await token.current()).toBe('token-1');
    expect(await token.current()).toBe('token-1');
    await pause(250);
    expect(await token.current()).toBe('token-2');
  });

  it('is asked for again when it was withdrawn', async () => {
    const token = tokens();
    token.forget(await token.current());
    expect(await token.current()).toBe('token-2');
    token.forget('token-1');
    expect(await token.current()).toBe('token-2');
  });

  it.each([
    ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('is asked for with an assertion signed with %s where there is a key', async (alg, { privateKey }) => {
    const file = temporaryFile(String(privateKey.export({ type: 'pkcs8', format: 'pem' })));
    await tokens({ personRegisterClientSecret: undefined, personRegisterClientKeyFile: file }).current();
    const [request] = requests;
    expect(request!.get('client_secret')).toBeNull();
    expect(request!.get('client_assertion_type')).toBe(
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    );
    const [header, claims] = request!
      .get('client_assertion')!
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object);
    expect(header).toMatchObject({ alg });
    expect(claims).toMatchObject({ iss: 'node', sub: 'node', aud: URL_OF_TOKENS, jti: expect.any(String) });
  });

  it('needs a key that it can use', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    for (const text of ['no key', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))])
      expect(() => tokens({ personRegisterClientKeyFile: temporaryFile(text) })).toThrow(
        /PERSON_REGISTER_CLIENT_KEY_FILE/,
      );
  });

  it.each<[string, () => Response, object]>([
    [
      'an unknown client',
      () => json(401, { error: 'invalid_client' }),
      { status: 401, code: 'invalid_client' },
    ],
    ['a scope', () => json(400, { error: 'invalid_scope' }), { status: 400, code: 'invalid_scope' }],
    ['with a page', () => new Response('<html>', { status: 403 }), { status: 403 }],
    ['with a number for a code', () => json(400, { error: '999910000' }), { status: 400 }],
    [
      'with a challenge',
      () => new Response(null, { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="x"' } }),
      { status: 401 },
    ],
  ])('is refused: %s', async (_what, answer, refusal) => {
    respond = answer;
    expect(await failure(tokens())).toEqual({ outcome: 'refused', refusal: { by: 'token', ...refusal } });
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ['an error', () => json(500, { error: 'server_error' })],
    ['overload', () => new Response('', { status: 503 })],
    ['too many questions', () => json(429, {})],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { Location: 'https://elders.example/' } }),
    ],
    ['no JSON', () => new Response('<html>', { status: 200 })],
    ['no token', () => json(200, { token_type: 'Bearer' })],
    ['no answer', () => Promise.reject(new TypeError('fetch failed'))],
  ])('is away: %s', async (_what, answer) => {
    respond = answer;
    expect(await failure(tokens())).toMatchObject({ outcome: 'unreachable' });
  });

  it('is refused when the certificate of its server is not trusted', async () => {
    const cause = Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    respond = () => Promise.reject(new TypeError('fetch failed', { cause }));
    expect(await failure(tokens())).toEqual({
      outcome: 'refused',
      refusal: { by: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
    });
  });
});
