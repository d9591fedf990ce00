import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { CertificateAuthority } from '../../../../deploy/local/certificates.js';
import { RegisterProcess } from '../../test/register-process.js';
import { environmentFor, temporaryFile } from '../../test/test-node.js';
import { loadConfig } from '../config.js';
import type { RegisterAnswer } from './register-answer.js';
import { RegisterConnection } from './register-connection.js';

const PASSPHRASE = 'wachtwoord van de sleutel';
const HEADERS = { 'X-DOELBINDING': 'Jeugdwet 7.1', 'X-VERWERKING': 'verwijsindex', 'X-GEBRUIKER': '{user}' };
const SECRET = 'geheim-van-de-node';

const started: RegisterProcess[] = [];
const connections: RegisterConnection[] = [];
const start = async (settings: Record<string, string>): Promise<RegisterProcess> => {
  const register = await new RegisterProcess(undefined, settings).start();
  started.push(register);
  return register;
};
const pem = (key: KeyObject, options: object = {}): string =>
  String(key.export({ type: 'pkcs8', format: 'pem', ...options }));

/** Server settings that ask for everything, and node settings that fulfil them. */
let server: Record<string, string>;
let strict: RegisterProcess;
let fulfilling: Record<string, string>;
let stranger: { cert: string; key: string };

beforeAll(async () => {
  const authority = await CertificateAuthority.create();
  const [ofServer, ofNode, ofStranger] = await Promise.all([
    authority.issue({ subject: 'CN=register', hosts: ['127.0.0.1'] }),
    authority.issue({ subject: 'CN=node,O=Regio' }),
    (await CertificateAuthority.create()).issue({ subject: 'CN=node' }),
  ]);
  const ca = temporaryFile(authority.certificatePem);
  server = {
    TLS_PORT: '0',
    TLS_CERT_FILE: temporaryFile(ofServer.certificate),
    TLS_KEY_FILE: temporaryFile(ofServer.privateKey),
    CLIENT_CA_FILE: ca,
    REQUIRED_HEADERS: Object.keys(HEADERS).join(','),
    TOKEN_CLIENT_ID: 'node',
    TOKEN_CLIENT_SECRET: SECRET,
  };
  strict = await start(server);
  const encrypted = { cipher: 'aes-256-cbc', passphrase: PASSPHRASE };
  fulfilling = {
    PERSON_REGISTER_URL: strict.url,
    PERSON_REGISTER_CA_FILE: ca,
    PERSON_REGISTER_CERT_FILE: temporaryFile(ofNode.certificate),
    PERSON_REGISTER_KEY_FILE: temporaryFile(pem(createPrivateKey(ofNode.privateKey), encrypted)),
    PERSON_REGISTER_KEY_PASSPHRASE: PASSPHRASE,
    PERSON_REGISTER_TOKEN_URL: `${strict.origin}/oauth/token`,
    PERSON_REGISTER_CLIENT_ID: 'node',
    PERSON_REGISTER_CLIENT_SECRET: SECRET,
    PERSON_REGISTER_HEADERS: JSON.stringify(HEADERS),
  };
  stranger = { cert: temporaryFile(ofStranger.certificate), key: temporaryFile(ofStranger.privateKey) };
}, 60_000);
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.onApplicationShutdown()));
  await Promise.all(started.map((register) => register.stop()));
});

function connection(settings: Record<string, string | undefined>): RegisterConnection {
  const environment = { ...environmentFor('postgres://user@127.0.0.1:5432/node'), ...settings };
  const made = new RegisterConnection(loadConfig(environment));
  connections.push(made);
  return made;
}
const question = {
  type: 'RaadpleegMetBurgerservicenummer',
  burgerservicenummer: ['999910000'],
  fields: ['burgerservicenummer'] as const,
};
const ask = (made: RegisterConnection): Promise<RegisterAnswer> => made.ask(question, 'professional-1');
const ANSWERED = { outcome: 'answered', persons: [{ burgerservicenummer: '999910000' }] };

describe('a person register behind a gateway', () => {
  it('answers who has certificate, token and headers', async () => {
    const made = connection(fulfilling);
    expect(await ask(made)).toEqual(ANSWERED);
    expect(await ask(made)).toEqual(ANSWERED);
  });

  it.each<[string, () => Record<string, string | undefined>, object]>([
    [
      'a certificate',
      () => ({ PERSON_REGISTER_CERT_FILE: undefined, PERSON_REGISTER_KEY_FILE: undefined }),
      { by: 'token', status: 403 },
    ],
    [
      'a certificate of a known authority',
      () => ({
        ...{ PERSON_REGISTER_CERT_FILE: stranger.cert, PERSON_REGISTER_KEY_FILE: stranger.key },
        ...{ PERSON_REGISTER_KEY_PASSPHRASE: undefined, PERSON_REGISTER_TOKEN_URL: undefined },
      }),
      { by: 'register', status: 403 },
    ],
    [
      'trust in its authority',
      () => ({ PERSON_REGISTER_CA_FILE: undefined }),
      { by: 'tls', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
    ],
    [
      'the right secret',
      () => ({ PERSON_REGISTER_CLIENT_SECRET: 'een ander' }),
      { by: 'token', status: 401, code: 'invalid_client' },
    ],
    [
      'a token',
      () => ({ PERSON_REGISTER_TOKEN_URL: undefined }),
      { by: 'register', status: 401, code: 'authentication' },
    ],
    [
      'the headers of the gateway',
      () => ({ PERSON_REGISTER_HEADERS: JSON.stringify({ ...HEADERS, 'X-VERWERKING': '' }) }),
      { by: 'register', status: 403, code: 'unauthorized' },
    ],
  ])('refuses who lacks %s, and that is no passing fault', async (_what, lacking, refusal) => {
    const made = connection({ ...fulfilling, ...lacking() });
    expect(await ask(made)).toMatchObject({ outcome: 'refused', refusal });
    // a resumed TLS session changes nothing
    expect(await ask(made)).toMatchObject({ outcome: 'refused', refusal });
  });

  it('answers nobody without TLS', async () => {
    const made = connection({ ...fulfilling, PERSON_REGISTER_URL: strict.plainUrl });
    expect(await ask(made)).toMatchObject({ outcome: 'refused', refusal: { status: 401 } });
  });

  it('is asked with a new token when it has forgotten the old one', async () => {
    const made = connection(fulfilling);
    expect(await ask(made)).toEqual(ANSWERED);
    await strict.stop();
    await strict.start();
    expect(await ask(made)).toEqual(ANSWERED);
  });

  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('accepts assertions signed with a key (%s) instead of a secret', async (_kind, generate) => {
    const { privateKey, publicKey } = generate();
    const register = await start({
      ...server,
      TOKEN_CLIENT_KEY_FILE: temporaryFile(String(publicKey.export({ type: 'spki', format: 'pem' }))),
    });
    const settings = {
      ...fulfilling,
      PERSON_REGISTER_URL: register.url,
      PERSON_REGISTER_TOKEN_URL: `${register.origin}/oauth/token`,
      PERSON_REGISTER_CLIENT_SECRET: undefined,
    };
    const signing = (key: KeyObject) =>
      connection({ ...settings, PERSON_REGISTER_CLIENT_KEY_FILE: temporaryFile(pem(key)) });
    expect(await ask(signing(privateKey))).toEqual(ANSWERED);
    expect(await ask(signing(generate().privateKey))).toMatchObject({
      outcome: 'refused',
      refusal: { by: 'token', status: 401 },
    });
  });

  it('refuses fields for which nobody is authorised, until they are left out', async () => {
    const register = await start({ FIELDS_NOT_AUTHORISED: 'ouders.burgerservicenummer' });
    const made = connection({ PERSON_REGISTER_URL: register.url });
    expect(
      await made.ask(
        { ...question, fields: ['burgerservicenummer', 'ouders.burgerservicenummer'] },
        'system',
      ),
    ).toMatchObject({ outcome: 'refused', refusal: { status: 403, code: 'unauthorizedField' } });
    expect(await ask(made)).toEqual(ANSWERED);
  });
});

describe('a person register behind a proxy', () => {
  let proxy: Server;
  let tunnels: string[];
  const open = new Set<Socket>();
  beforeAll(async () => {
    tunnels = [];
    proxy = createServer((_request, response) => void response.writeHead(405).end());
    proxy.on('connect', ({ url, headers }, client: Socket) => {
      const authorized = headers['proxy-authorization'] === `Basic ${btoa('regio:poort')}`;
      if (!authorized) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      tunnels.push(url!);
      const [host, port] = url!.split(':');
      const target = connect(Number(port), host, () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(client).pipe(target);
      });
      for (const socket of [client, target]) {
        open.add(socket);
        socket.on('error', () => socket.destroy());
      }
    });
    await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
  });
  afterAll(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  const via = (credentials: string) => ({
    ...fulfilling,
    PERSON_REGISTER_PROXY: `http://${credentials}127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  });

  it('is asked through the proxy, for the token and for persons', async () => {
    expect(await ask(connection(via('regio:poort@')))).toEqual(ANSWERED);
    expect(tunnels).toEqual([strict.origin.slice(8), strict.origin.slice(8)]);
  });

  it('is unreachable when the proxy lets nobody through', async () => {
    expect(await ask(connection(via('')))).toMatchObject({ outcome: 'unreachable' });
  });
});

describe('the settings of the connection', () => {
  it('are refused when certificate and key do not belong together', () => {
    expect(() => connection({ ...fulfilling, PERSON_REGISTER_CERT_FILE: stranger.cert })).toThrow(
      /PERSON_REGISTER_CERT_FILE/,
    );
    expect(() => connection({ ...fulfilling, PERSON_REGISTER_KEY_PASSPHRASE: 'een ander' })).toThrow(
      /_KEY_PASSPHRASE/,
    );
  });
});
