import { TestFederation } from '../../apps/national-relay/test/test-federation.js';
import { TestRelay } from '../../apps/national-relay/test/test-relay.js';
import { startNode, type TestNode } from '../../apps/regional-node/test/test-node.js';
import { nameOf, operationsOf, type OpenApi, type Operation } from './open-api.js';

const SUCCESS = /^2\d\d$/;
const PUBLIC = ['get region', 'get region/logo'];

let node: TestNode;
let federation: TestFederation;
let relay: TestRelay;
const documents: Record<string, OpenApi> = {};
beforeAll(async () => {
  node = await startNode();
  federation = await TestFederation.start();
  relay = await TestRelay.start(federation);
  documents['node'] = (await (await node.as()).get('/openapi.json').expect(200)).body as OpenApi;
  documents['relay'] = (await relay.get('/api/v1/openapi.json')).body as OpenApi;
});
afterAll(async () => {
  await relay?.stop();
  await federation?.stop();
  await node.stop();
});

describe.each(['node', 'relay'])('the OpenAPI document of the %s', (program) => {
  let all: Operation[];
  beforeAll(() => {
    all = operationsOf(documents[program]!);
  });
  const wrong = (isRight: (operation: Operation) => boolean) =>
    all.filter((operation) => !isRight(operation)).map(nameOf);

  it('has a schema for the answer of every operation that has one', () => {
    expect(all.length).toBeGreaterThan(10);
    const isDescribed = ({ responses }: Operation) => {
      const good = Object.entries(responses).filter(([status]) => SUCCESS.test(status));
      return (
        good.length > 0 &&
        good.every(
          ([status, { content }]) =>
            // 202: nothing to say yet
            ['202', '204'].includes(status) ||
            Object.values(content ?? {}).some(({ schema }) => schema !== undefined),
        )
      );
    };
    expect(wrong(isDescribed)).toEqual([]);
  });

  it('says what is refused, and with what problem', () => {
    const isDescribed = ({ method, path, security, responses }: Operation) => {
      const wanted = [
        '429',
        ...(security?.length === 0 ? [] : ['401', '403']),
        ...(path.includes('{') ? ['404'] : []),
        ...(method === 'get' ? [] : ['400', '413', '415']),
      ];
      return wanted.every((status) => responses[status]?.content?.['application/problem+json']?.schema);
    };
    expect(wrong(isDescribed)).toEqual([]);
    expect(documents[program]!.components.schemas).toHaveProperty('Problem');
  });

  it('says that a session is needed, of everything but how the index looks', () => {
    const open = all.filter(({ security }) => security?.length === 0);
    expect(open.map(nameOf)).toEqual(program === 'node' ? PUBLIC : []);
    const scheme = { type: 'apiKey', in: 'cookie' };
    expect(documents[program]!.components.securitySchemes).toMatchObject({ session: scheme });
    const isClosed = ({ security }: Operation) => JSON.stringify(security) === '[{"session":[]}]';
    expect(wrong((operation) => open.includes(operation) || isClosed(operation))).toEqual([]);
  });
});
