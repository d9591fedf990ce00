import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import request from 'supertest';
import { demoFile } from '../../apps/regional-node/test/demo-file.js';
import {
  createNodeDatabase,
  startNode,
  type Agent,
  type TestNode,
} from '../../apps/regional-node/test/test-node.js';
import type { TestDatabase } from '../database/test-database.js';

let node: TestNode;
let professional: Agent;
let coordinator: Agent;
let operator: Agent;
beforeAll(async () => {
  node = await startNode();
  professional = await node.as('mn-leerkracht');
  coordinator = await node.as('mn-coordinator');
  operator = await node.as('mn-beheerder');
});
afterAll(() => node.stop());

const COVENANT = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8');
const HEADER = 'inlognaam;naam;functie;telefoon;e-mail;organisatie;aangewezen';
const repeat = (count: number, part: (n: number) => string, separator = '\n') =>
  Array.from({ length: count }, (_, n) => part(n)).join(separator);

/** What a refused request may cost, in milliseconds of processor time. */
const MOST_MS = 50;
/** What this process spends besides, on the client that sends the request and on what the machine does meanwhile. */
const CLIENT_MS = 200;

/** Milliseconds of processor time of the cheapest of three tries. Other programs on the machine do not count. */
async function costOf(send: () => PromiseLike<unknown>): Promise<number> {
  const costs: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const before = process.cpuUsage();
    await send();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000);
  }
  return Math.min(...costs);
}

describe('a request that is refused', () => {
  const youth = (fields: number) =>
    JSON.stringify({ youth: Object.fromEntries(Array.from({ length: fields }, (_, n) => [`field${n}`, 1])) });
  const covenant = (yaml: string) => JSON.stringify({ yaml });
  const people = (count: number, line: string) =>
    JSON.stringify({ csv: `${HEADER}\n${repeat(count, () => line)}`, dryRun: true });
  const preview = () => professional.post('/signals/_preview');
  const check = () => operator.post('/covenant/_check');
  const enter = () => coordinator.post('/professionals/_import');
  const nested = `{"youth":${'['.repeat(45_000)}${']'.repeat(45_000)}}`;

  it.each<[string, () => request.Test, string, number, string]>([
    ['60,000 unknown fields', preview, youth(60_000), 413, 'too-large'],
    ['6,000 unknown fields', preview, youth(6_000), 400, 'invalid-input'],
    ['45,000 levels', preview, nested, 400, 'invalid-input'],
    [
      'a covenant with 40,000 keys',
      check,
      covenant(repeat(40_000, (n) => `k${n}: 1`)),
      422,
      'covenant-invalid',
    ],
    [
      'a covenant with 40,000 keys on one line',
      ...([check, covenant(`{${repeat(40_000, (n) => `k${n}: 1`, ',')}}`), 422, 'covenant-invalid'] as const),
    ],
    [
      'a covenant with 45,000 empty organisations',
      ...([check, covenant(`organisations:\n${repeat(45_000, () => '- {id: a}')}`)] as const),
      422,
      'covenant-invalid',
    ],
    ['a file of 50,000 people', enter, people(50_000, 'a;b;c;d;e;f;g'), 400, 'invalid-input'],
    ['a file of 9,000 people', enter, people(9_000, 'a;b;c;d;e;f;g'), 400, 'invalid-input'],
  ])('costs at most 50 ms of processor time: %s', async (_what, ask, body, status, code) => {
    const send = () => ask().set('Content-Type', 'application/json').send(body);
    const cost = await costOf(async () => {
      const answer = await send().expect(status);
      expect(answer.body.code).toBe(code);
      expect(answer.text.length).toBeLessThan(30_000);
    });
    expect(cost).toBeLessThan(MOST_MS + CLIENT_MS);
  });

  it('tells of at most 100 errors', async () => {
    const { body } = await preview()
      .send({ youth: { bsn: 1 }, ...Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`x${n}`, 1])) })
      .expect(400);
    expect(body.invalidParams).toHaveLength(100);
    const organisations = repeat(1_200, () => '- {id: A}');
    const answer = await check()
      .send({ yaml: `organisations:\n${organisations}` })
      .expect(422);
    expect(answer.body.invalidParams).toHaveLength(100);
  });

  it('is none of the two imports at the size that they are meant for', async () => {
    const mailbox = (n: number) =>
      `mn-nieuw-${n};Piet Proef;Leerkracht;030-123 45 67;p${n}@linde.example;x;ja`;
    const { body } = await enter()
      .send({ csv: `${HEADER}\n${repeat(2_000, mailbox)}`, dryRun: true })
      .expect(200);
    expect(body.lines).toHaveLength(2_000);
    const organisation = (n: number) =>
      `  - {id: school-${n}, name: School ${n}, sector: education, kind: school, municipalities: ["0344"], mayUseBsn: true}`;
    const yaml = COVENANT.replace('organisations:\n', `organisations:\n${repeat(900, organisation)}\n`);
    expect(yaml.length).toBeGreaterThan(100_000);
    const answer = await check().send({ yaml });
    expect(answer.body).toMatchObject({ organisations: expect.any(Number) });
  });

  it('lets others have their turn while 2,000 people are checked', async () => {
    const line = (n: number) => `A B;<${n}>;<>;abc;x@;y;z`;
    const csv = `${HEADER}\n${repeat(2_000, line)}`;
    await enter().send({ csv, dryRun: true }).expect(200);
    const before = process.cpuUsage();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await enter().send({ csv, dryRun: true }).expect(200);
    delay.disable();
    const { user } = process.cpuUsage(before);
    // a stretch of one piece would be nearly all of it
    expect(delay.max / 1e6).toBeLessThan(Math.max(200, user / 1e3 / 2));
  });
});

describe('a request that nobody expects', () => {
  const TOO_LARGE = ['2147483648', '99999999999999999999', '-1', '1.5', 'x'];

  it.each(TOO_LARGE)('names the version of a covenant that cannot be one: %s', async (version) => {
    const path = `/covenant/versions/${version}`;
    for (const send of [
      () => operator.get(path),
      () => operator.get(`${path}/yaml`),
      () => operator.post(`${path}/_withdraw`),
    ]) {
      const { body } = await send().expect(400);
      expect(body).toMatchObject({ code: 'invalid-input', invalidParams: [{ name: 'version' }] });
    }
  });

  it('finds no version with the largest number that the database has', () =>
    operator.get('/covenant/versions/2147483647').expect(404));

  it.each(['\ud800', '\ud800@x.nl', 'x@\udfff.nl', 'a@\ud800\ud800'])(
    'names an address with half a letter, wherever addresses are typed: %j',
    async (email) => {
      const { id } = (await professional.get('/me').expect(200)).body;
      const send = `{"email":${JSON.stringify(email)}}`;
      const { body } = await coordinator
        .patch(`/professionals/${id}`)
        .set('Content-Type', 'application/json')
        .send(send)
        .expect(400);
      expect(body.invalidParams.map(({ name }: { name: string }) => name)).toContain('email');
    },
  );

  it.each([12, 10_000])('names the field that is %i levels deep', async (levels) => {
    const { body } = await professional
      .post('/signals/_preview')
      .set('Content-Type', 'application/json')
      .send(`{"youth":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`)
      .expect(400);
    expect(body).toMatchObject({
      code: 'invalid-input',
      invalidParams: [{ name: 'youth', code: 'tooDeep' }],
    });
  });

  it('is refused by a covenant with repeated keys, endless aliases, or no end', async () => {
    const aliases = `a: &a [x, x, x]\n${repeat(9, (n) => `b${n}: &b${n} [${repeat(9, () => (n ? `*b${n - 1}` : '*a'), ', ')}]`)}`;
    for (const yaml of [`name: x\n${COVENANT}`, aliases, '['.repeat(4_000)]) {
      const { body } = await operator.post('/covenant/_check').send({ yaml }).expect(422);
      expect(body).toMatchObject({ code: 'covenant-invalid', invalidParams: [{ code: 'yaml' }] });
    }
  });
});

describe('the logo of a covenant', () => {
  const PLAIN =
    '<svg xmlns="http://www.w3.org/2000/svg"><defs><path id="a" d="M0 0"/></defs><use href="#a"/></svg>';
  const withLogo = (logo: string) => ({
    yaml: `${COVENANT.replace(/\nappearance:[\s\S]*$/, '')}\nappearance:\n  colour: '#0b5c6b'\n  logo: ${JSON.stringify(logo)}\n`,
  });

  it('is a drawing that refers to its own parts only', async () => {
    await operator.post('/covenant/_check').send(withLogo(PLAIN)).expect(200);
  });

  it.each([
    '<script>alert(1)</script>',
    '<script href="/assets/index.js"/>',
    '<g onload="alert(1)"/>',
    "<g ONCLICK='alert(1)'/>",
    '<foreignObject><p/></foreignObject>',
    '<image href="https://elsewhere.example/x.png"/>',
    '<use xlink:href="//elsewhere.example/x.svg#a"/>',
    '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    '<g style="fill:url(https://elsewhere.example/x)"/>',
    '<set attributeName="onclick" to="alert(1)"/>',
    '<svg:script>alert(1)</svg:script>',
  ])('is refused with %s', async (part) => {
    const { body } = await operator
      .post('/covenant/_check')
      .send(withLogo(PLAIN.replace('</svg>', `${part}</svg>`)))
      .expect(422);
    expect(body.invalidParams).toEqual([expect.objectContaining({ name: 'appearance.logo' })]);
  });
});

describe('whoever found a weakness', () => {
  it('reads where to tell, at the address that the standard names', async () => {
    const { headers, text } = await request(node.app.getHttpServer())
      .get('/.well-known/security.txt')
      .set('Accept', 'text/html')
      .expect(200);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    const fields = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/: (.*)/, 2) as [string, string]),
    );
    expect(fields.get('Contact')).toBe('mailto:security@127.0.0.1');
    expect(fields.get('Canonical')).toBe('http://127.0.0.1:8080/.well-known/security.txt');
    const days = (Date.parse(fields.get('Expires')!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(30);
    expect(days).toBeLessThan(365);
  });
});

describe('an import by a coordinator', () => {
  it('tells of a login account of another organisation what it tells of one that nobody has', async () => {
    const report = async (subject: string) => {
      const csv = `${HEADER}\n${subject};Piet Proef;Leerkracht;030-123 45 67;p@linde.example;basisschool-de-linde;ja`;
      return (await coordinator.post('/professionals/_import').send({ csv, dryRun: true }).expect(200)).body;
    };
    const absent = await report('mn-nobody-has-this');
    expect(absent.lines).toEqual([{ line: 2, name: 'Piet Proef', outcome: 'added' }]);
    for (const subject of ['mn-buurtteam', 'mn-schuldhulp', 'mn-beheerder', 'mn-procesmanager'])
      expect([subject, await report(subject)]).toEqual([subject, absent]);
  });
});

describe('somebody who asks again and again', () => {
  const PER_MINUTE = 60;
  const limited = { REQUESTS_PER_MINUTE: String(PER_MINUTE) };
  let first: TestNode;
  let second: TestNode;
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createNodeDatabase();
    first = await startNode(limited, database);
    second = await startNode({ ...limited, TRUSTED_PROXIES: '127.0.0.1' }, database);
  });
  afterEach(async () => {
    await first.stop();
    await second.stop();
    await database.drop();
  });
  const login = (node: TestNode, address = '192.0.2.1') =>
    request(node.app.getHttpServer()).get('/auth/login').set('X-Forwarded-For', address);
  const times = async (count: number, send: () => PromiseLike<request.Response>) => {
    const answers: request.Response[] = [];
    for (let n = 0; n < count; n += 1) answers.push(await send());
    return answers;
  };
  const expectRefused = ({ status, headers, body }: request.Response) => {
    expect([status, headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8']);
    expect(body).toMatchObject({ code: 'too-many-requests', status: 429 });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
  };

  it('is refused with the time to wait, while a colleague at the same address goes on', async () => {
    const own = await first.as('mn-leerkracht');
    const answers = await times(PER_MINUTE, () => own.get('/me'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expectRefused(await own.get('/me'));
    expectRefused(await (await first.as('mn-leerkracht')).get('/signals'));
    await (await first.as('mn-schuldhulp')).get('/me').expect(200);
  });

  it('begins no more logins than a town hall does, and neither on another instance', async () => {
    const answers = await times(PER_MINUTE, () => login(first));
    expect(answers.map(({ status }) => status)).not.toContain(429);
    expectRefused(await login(first));
    // the other one takes the address from the proxy, which is another one
    expect((await login(second, '127.0.0.1')).status).toBe(429);
    expect((await login(second, '192.0.2.1')).status).not.toBe(429);
  });

  it('leaves at most one row for all logins of an address, and none that tells the address', async () => {
    await times(70, () => login(second));
    const rows = await first.dataSource.query<{ key: string }[]>('select key from request_count');
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('192.0.2.1');
    expect(await first.dataSource.query('select from login_session')).toEqual([]);
  });

  it('cannot call itself another address, unless a proxy that is trusted says so', async () => {
    let n = 0;
    const elsewhere = () => `198.51.100.${(n += 1)}`;
    expectRefused((await times(PER_MINUTE + 1, () => login(first, elsewhere()))).at(-1)!);
    const answers = await times(PER_MINUTE + 1, () => login(second, elsewhere()));
    expect(answers.map(({ status }) => status)).not.toContain(429);
  });

  it('counts with all of a house, whose addresses of version 6 begin alike', async () => {
    const ask = (tail: string) => () => login(second, `2001:db8:1:2:${tail}`);
    await times(PER_MINUTE / 2, ask(':1'));
    await times(PER_MINUTE / 2, ask('a:b:c:d'));
    expectRefused(await ask('ffff::2')());
    expect((await login(second, '2001:db8:1:3::1')).status).not.toBe(429);
  });

  it('without login is refused after five persons, and what a machine asks of health never', async () => {
    const server = first.app.getHttpServer();
    const answers = await times(5 * PER_MINUTE, () => request(server).get('/api/v1/me'));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expectRefused(await request(server).get('/api/v1/me'));
    expectRefused(await request(server).get('/api/v1/region'));
    await request(server).get('/health/live').expect(200);
    await (await first.as('mn-leerkracht')).get('/me').expect(200);
  });
});
