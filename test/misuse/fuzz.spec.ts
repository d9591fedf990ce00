import http from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AddressInfo } from 'node:net';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { TestFederation } from '../../apps/national-relay/test/test-federation.js';
import { TestRelay } from '../../apps/national-relay/test/test-relay.js';
import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import { startNode, type TestNode } from '../../apps/regional-node/test/test-node.js';
import { drawsOf, Fuzz, type FuzzedRequest } from './fuzz.js';
import { nameOf, operationsOf, type OpenApi } from './open-api.js';

/** `FUZZ_SEED` and `FUZZ_COUNT` are set by `npm run test:fuzz`; the gate makes a short run, for which any machine may be busy. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_201);
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 800);
const MOST_BLOCKED_MS = process.env['FUZZ_COUNT'] === undefined ? 1_000 : 200;
const MINUTES = 60_000;
/** In one second on a free machine at least fifty. */
const TIME = Math.max(3 * MINUTES, COUNT * 100);

interface Program {
  url: string;
  document: OpenApi;
  /** `Cookie` headers of those who ask. */
  cookies: string[];
  ids: string[];
}
interface Answered {
  status: number;
  type: string;
  text: string;
}

let node: TestNode;
let register: RegisterProcess;
let federation: TestFederation;
let relay: TestRelay;

beforeAll(async () => {
  register = await new RegisterProcess().start();
  const limits = { REQUESTS_PER_MINUTE: '1000000' };
  node = await startNode({ PERSON_REGISTER_URL: register.url, LOOK_UPS_PER_DAY: '100000', ...limits });
  await node.app.listen(0, '127.0.0.1');
  federation = await TestFederation.start();
  relay = await TestRelay.start(federation, { COORDINATOR_SUBJECTS: 'landelijk-coordinator', ...limits });
}, 2 * MINUTES);
afterAll(async () => {
  await relay?.stop();
  await federation?.stop();
  await node?.stop();
  await register?.stop();
});

async function fuzzedNode(): Promise<Program> {
  const people = [
    'mn-leerkracht',
    'mn-jeugdarts',
    'mn-coordinator',
    'mn-procesmanager-amersfoort',
    'mn-beheerder',
  ];
  const url = urlOf(node.app.getHttpServer());
  const youth = { bsn: '999910097', birthDate: '2009-02-17' };
  const ids: string[] = [];
  for (const subject of people.slice(0, 2)) {
    const agent = await node.as(subject);
    ids.push((await agent.post('/signals').send({ youth, informed: 'yes' }).expect(201)).body.id as string);
    ids.push((await agent.get('/me').expect(200)).body.id as string);
  }
  await node.told();
  const [{ involved }] = (await (await node.as('mn-leerkracht')).get('/matches').expect(200)).body;
  ids.push(involved[0].id as string, '1', 'signal-removal');
  const cookies = await Promise.all(
    people.map(async (subject) => String((await node.as(subject)).get('/me').get('Cookie'))),
  );
  return { url, document: await documentOf(url), cookies: [...cookies, ''], ids };
}

async function fuzzedRelay(): Promise<Program> {
  const url = urlOf(relay.app.getHttpServer());
  const cookies = [await relay.cookieOf('landelijk-coordinator'), await relay.cookieOf('mn-beheerder'), ''];
  return { url, document: await documentOf(url), cookies, ids: ['midden-nederland', 'rijnmond'] };
}

const urlOf = (server: http.Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
const documentOf = async (url: string) => (await (await fetch(`${url}/openapi.json`)).json()) as OpenApi;

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
/** Sends an address as it stands: `fetch` would tidy it. */
const ask = (url: string, { operation, address, type, body }: FuzzedRequest, cookie: string) =>
  new Promise<Answered>((resolve, reject) => {
    const { hostname, port, pathname } = new URL(url);
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(type ? { 'content-type': type } : {}),
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    };
    const method = operation.method.toUpperCase();
    const request = http.request(
      { hostname, port, path: pathname + address, method, headers, agent },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () =>
          resolve({ status: response.statusCode!, type: response.headers['content-type'] ?? '', text }),
        );
      },
    );
    request.on('error', reject);
    request.setTimeout(60_000, () => request.destroy(new Error('no answer in a minute')));
    request.end(body);
  });

/** What is wrong with an answer, by the document. */
class Judge {
  private readonly ajv = new Ajv({ strict: false, allErrors: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: OpenApi) {
    formats.default(this.ajv);
    this.ajv.addSchema(nullsOf(document) as object, 'api');
  }

  faultOf({ operation }: FuzzedRequest, { status, type, text }: Answered): string | undefined {
    if (status >= 500 && status !== 503) return `status ${status}`;
    // an address that is no route of its own: another operation, or none, answered
    const key = [String(status), `${String(status)[0]}XX`].find((each) => each in operation.responses);
    if (!key) return `status ${status} is not described`;
    const media = type.split(';')[0]!;
    const content = operation.responses[key]!.content;
    if (!content) return text === '' ? undefined : 'an answer where none is described';
    if (!content[media]) return `${media || 'nothing'} is not described for ${status}`;
    if (!media.endsWith('json')) return undefined;
    const path = [
      'paths',
      `/api/v1${operation.path}`,
      operation.method,
      'responses',
      key,
      'content',
      media,
      'schema',
    ];
    const validate = this.validatorOf(`api#/${path.map(pointer).join('/')}`);
    return validate(JSON.parse(text)) ? undefined : `${status}: ${this.ajv.errorsText(validate.errors)}`;
  }

  private validatorOf(reference: string): ValidateFunction {
    const known = this.compiled.get(reference) ?? this.ajv.compile({ $ref: reference });
    this.compiled.set(reference, known);
    return known;
  }
}

const pointer = (part: string) => encodeURIComponent(part.replace(/~/g, '~0').replace(/\//g, '~1'));

/** The document with what OpenAPI 3.0 calls nullable said as JSON Schema says it. */
function nullsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullsOf);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, nullsOf(each)]),
  );
  return nullable === true ? { anyOf: [rest, { type: 'null' }] } : rest;
}

describe.each<[string, number, () => Promise<Program>]>([
  ['a node', COUNT, fuzzedNode],
  ['the relay', Math.ceil(COUNT / 4), fuzzedRelay],
])('%s that is asked what nobody expects', (_program, count, start) => {
  it(
    'answers within what its description says, never with 500, and lets others have their turn',
    async () => {
      const { url, document, cookies, ids } = await start();
      const draws = drawsOf(SEED);
      const fuzz = new Fuzz(draws, document.components.schemas, ids);
      const judge = new Judge(document);
      const operations = operationsOf(document);
      const faults = new Set<string>();
      const statuses = new Map<number, number>();
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      for (let n = 0; n < count; n += 1) {
        const request = fuzz.requestFor(operations[n % operations.length]!);
        const answer = await ask(url, request, draws.oneOf(cookies));
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const fault = judge.faultOf(request, answer);
        if (fault) faults.add(`${nameOf(request.operation)}: ${fault}`);
      }
      delay.disable();
      expect([...faults]).toEqual([]);
      // some get through, so that what lies behind the door is tried as well
      expect(statuses.get(200)).toBeGreaterThan(0);
      expect(statuses.get(400)).toBeGreaterThan(0);
      expect(delay.max / 1e6).toBeLessThan(MOST_BLOCKED_MS);
    },
    TIME,
  );
});
