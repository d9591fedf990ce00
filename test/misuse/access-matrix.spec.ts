import { randomBytes, randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { TestFederation } from '../../apps/national-relay/test/test-federation.js';
import { TestRelay } from '../../apps/national-relay/test/test-relay.js';
import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../apps/regional-node/test/test-node.js';
import { NODE_ACCESS, OF_EVERYBODY, RELAY_ACCESS } from './access-matrix.js';
import { nameOf, operationsOf, type OpenApi, type Operation } from './open-api.js';

/** Who tries: every role, with and without signals of their own, in organisations of several kinds. */
const PEOPLE: Readonly<Record<string, string>> = {
  'mn-leerkracht': 'professional',
  'mn-schuldhulp': 'professional',
  'mn-stagiair': 'professional',
  'mn-coordinator': 'coordinator',
  'mn-procesmanager': 'process-manager',
  'mn-procesmanager-zeist': 'process-manager',
  'mn-beheerder': 'operator',
};
/** Whose objects they try. */
const OTHERS = 'mn-buurtteam';

/** Bodies that are right, so that what is refused is refused for whose it is. */
const BODIES: Readonly<Record<string, object>> = {
  'post signals/{id}/_end': { reason: 'risk-gone' },
  'post signals/{id}/_renew': { informed: 'yes' },
  'post signals/{id}/_link': { youth: { bsn: '999910206', birthDate: '2014-01-30' } },
  'post match-queue/{id}/_forward': { municipality: '0546' },
  'post professionals/{id}/_plan-absence': { from: '2020-01-01', until: '2099-12-31' },
  'patch professionals/{id}': { phone: '030-000 00 99' },
  'patch appointments/{id}': { deputy: null },
  'post appointments/{id}/_dismiss': { role: 'coordinator' },
  'post appointments/{id}/_change-login': { subject: 'somebody-else' },
};
const pair = () => randomBytes(16).toString('base64url');
const ABSENT: Readonly<Record<string, () => string>> = {
  signals: randomUUID,
  professionals: randomUUID,
  moves: randomUUID,
  appointments: randomUUID,
  'operator-proposals': randomUUID,
  'person-proposals': randomUUID,
  'contact-changes': randomUUID,
  'match-queue': pair,
  matches: pair,
  covenant: () => '4000',
  'scheduled-work': () => 'no-such-work',
  regions: () => 'nowhere',
};

/** All of an answer but when it came. */
const seen = ({ status, text, headers }: Response): unknown => [
  status,
  { text, headers: Object.entries(headers as object).filter(([name]) => name !== 'date') },
];
const kindOf = ({ path }: Operation) => path.split('/')[1]!;
const isOne = ({ path }: Operation) => path.includes('{');
const at = ({ path }: Operation, id: string) => path.replace(/\{\w+\}/, id);
const documentOf = (answer: Response) => operationsOf(answer.body as OpenApi);

describe('the access matrix of a node', () => {
  let register: RegisterProcess;
  let node: TestNode;
  let operations: Operation[];
  let theirs: Record<string, string>;
  const agents: Record<string, Agent> = {};

  beforeAll(async () => {
    register = await new RegisterProcess().start();
    node = await startNode({ PERSON_REGISTER_URL: register.url, REQUESTS_PER_MINUTE: '100000' });
    for (const subject of [...Object.keys(PEOPLE), OTHERS, 'mn-jeugdarts', 'mn-procesmanager-amersfoort'])
      agents[subject] = await node.as(subject);
    operations = documentOf(await (await node.as()).get('/openapi.json').expect(200));
    theirs = await objectsOfOthers();
  });
  afterAll(async () => {
    await node?.stop();
    await register?.stop();
  });

  /** Objects that are none of those who try. */
  async function objectsOfOthers(): Promise<Record<string, string>> {
    const file = async (subject: string, youth = { bsn: '999910206', birthDate: '2014-01-30' }) =>
      (await agents[subject]!.post('/signals').send({ youth, informed: 'yes' }).expect(201)).body as {
        id: string;
      };
    const { id: signal } = await file(OTHERS);
    await file('mn-jeugdarts');
    for (const subject of [OTHERS, 'mn-jeugdarts'])
      await file(subject, { bsn: '999910097', birthDate: '2009-02-17' });
    await node.told();
    const moved = randomUUID();
    await node.dataSource.query(
      `insert into move (id, youth_id, municipality, at) select $1, youth_id, '0307', now() from signal where id = $2`,
      [moved, signal],
    );
    const changed = randomUUID();
    await node.dataSource.query(
      `insert into contact_change (id, professional_id, phone, changed_by, changed_at)
       select $1, id, '030-000 00 99', 'coordinator', now() from professional where subject = $2`,
      [changed, OTHERS],
    );
    const get = async (subject: string, path: string) => (await agents[subject]!.get(path).expect(200)).body;
    const [{ involved }] = await get(OTHERS, '/matches');
    const [followedUp] = await get('mn-procesmanager-amersfoort', '/match-queue');
    const { id } = await get(OTHERS, '/me');
    return {
      signals: signal,
      moves: moved,
      matches: involved[0].id,
      'match-queue': followedUp.id,
      professionals: id,
      // somebody without an appointment; every operator may see every proposal, version and piece of work
      appointments: id,
      'operator-proposals': randomUUID(),
      'person-proposals': randomUUID(),
      'contact-changes': changed,
      covenant: '5000',
      'scheduled-work': 'another-work',
    };
  }

  const send = (agent: Agent, operation: Operation, id: string, body?: object) => {
    const test = agent[operation.method](at(operation, id));
    return operation.method === 'get' ? test : test.send(body ?? BODIES[nameOf(operation)] ?? {});
  };
  const mayDo = (operation: Operation, role: string) => {
    const roles = NODE_ACCESS[nameOf(operation)]!.split(' ');
    return roles.includes(role) || roles.includes('all') || roles.includes('open');
  };

  it('has a cell for every operation, and none for what is not there', () => {
    expect(operations.map(nameOf).sort()).toEqual(Object.keys(NODE_ACCESS).sort());
    expect([...new Set(operations.filter(isOne).map(kindOf))].filter((kind) => !theirs[kind])).toEqual([]);
  });

  it('refuses who is not logged in, and a stranger, at every id alike', async () => {
    const nobody = await node.as();
    const stranger = await node.as('jm-jeugdteam');
    for (const operation of operations) {
      const isOpen = NODE_ACCESS[nameOf(operation)] === 'open';
      for (const [agent, status] of [
        [nobody, 401],
        [stranger, 403],
      ] as const)
        for (const id of isOne(operation) ? idsOf(operation) : ['']) {
          const answer = await send(agent, operation, id);
          expect([nameOf(operation), answer.status]).toEqual([nameOf(operation), isOpen ? 200 : status]);
        }
    }
  });

  const idsOf = (operation: Operation) => {
    const kind = kindOf(operation);
    return [theirs[kind]!, ABSENT[kind]!()];
  };

  it.each(Object.entries(PEOPLE))('lets %s do what a %s may, and nothing else', async (subject, role) => {
    const agent = agents[subject]!;
    for (const operation of operations) {
      const name = nameOf(operation);
      // a field that no body has: who is let in is told so, and nothing is changed
      const id = isOne(operation) ? ABSENT[kindOf(operation)]!() : '';
      const { status } = await send(agent, operation, id, { unexpected: true });
      const isLetIn = status !== 403 && status !== 401;
      expect([name, isLetIn]).toEqual([name, mayDo(operation, role)]);
      expect([name, status]).toEqual([name, isLetIn ? expect.any(Number) : 403]);
      expect(status).toBeLessThan(500);
      if (operation.method === 'get' && isLetIn && !isOne(operation))
        expect([name, status]).toEqual([name, 200]);
    }
  });

  it.each(Object.entries(PEOPLE))(
    'tells %s (%s) of what is not theirs just what it tells of what is not there',
    async (subject, role) => {
      const agent = agents[subject]!;
      for (const operation of operations.filter(isOne)) {
        const name = nameOf(operation);
        if (role === 'operator' && OF_EVERYBODY.includes(name)) continue;
        const [other, absent] = idsOf(operation);
        const answers = [];
        for (const id of [other!, absent!, 'nonsense']) answers.push(seen(await send(agent, operation, id)));
        const status = mayDo(operation, role) ? 404 : 403;
        expect([name, answers[0], answers[1]]).toEqual([name, answers[1], [status, expect.anything()]]);
        // a version is a number, and no number is nothing that is kept
        const malformed = status === 404 && name.includes('{version}') ? 400 : status;
        expect([name, answers[2]]).toEqual([name, [malformed, expect.anything()]]);
        if (malformed === status) expect(answers[2]).toEqual(answers[1]);
      }
    },
  );

  it('lets everybody at what is their own', async () => {
    const own = agents[OTHERS]!;
    const { signals, matches, professionals } = theirs as Record<
      'signals' | 'matches' | 'professionals',
      string
    >;
    await own.get(`/signals/${signals}`).expect(200);
    await own.get(`/signals/${signals}/earlier`).expect(200);
    await own.post(`/matches/${matches}/_contact-made`).expect(204);
    await own.post(`/matches/${matches}/_contact-not-made`).expect(204);
    await own.post(`/professionals/${professionals}/_confirm-contact`).expect(200);
    const manager = agents['mn-procesmanager-amersfoort']!;
    const { moves } = (await manager.get('/moves').expect(200)).body;
    expect(moves.map(({ id }: { id: string }) => id)).toEqual([theirs['moves']]);
    await manager.post(`/moves/${theirs['moves']}/_placed`).expect(204);
    await manager
      .post(`/match-queue/${theirs['match-queue']}/_forward`)
      .send({ municipality: '0344' })
      .expect(409);
    const { status } = await own.post(`/signals/${signals}/_end`).send({ reason: 'not-justified' });
    expect([200, 204]).toContain(status);
  });
});

describe('the access matrix of the relay', () => {
  const COORDINATOR = 'landelijk-coordinator';
  let federation: TestFederation;
  let relay: TestRelay;
  let operations: Operation[];
  beforeAll(async () => {
    federation = await TestFederation.start();
    relay = await TestRelay.start(federation, {
      COORDINATOR_SUBJECTS: COORDINATOR,
      REQUESTS_PER_MINUTE: '10000',
    });
    operations = documentOf(await relay.get('/api/v1/openapi.json'));
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });
  const send = (operation: Operation, id: string, subject?: string) =>
    relay.ask(
      operation.method as 'get' | 'post',
      `/api/v1${at(operation, id)}`,
      subject,
      operation.method === 'get' ? undefined : { unexpected: true },
    );

  it('has a cell for every operation, and none for what is not there', () =>
    expect(operations.map(nameOf).sort()).toEqual(Object.keys(RELAY_ACCESS).sort()));

  it('lets in the national coordinator, and nobody else', async () => {
    for (const operation of operations) {
      const name = nameOf(operation);
      const ids = isOne(operation) ? ['midden-nederland', ABSENT[kindOf(operation)]!()] : [''];
      const answers = async (subject?: string) => {
        const all = [];
        for (const id of ids) all.push(await send(operation, id, subject));
        return all;
      };
      expect([name, ...new Set((await answers()).map(({ status }) => status))]).toEqual([name, 401]);
      for (const subject of ['mn-leerkracht', 'mn-procesmanager', 'mn-beheerder', 'jm-coordinator']) {
        const [first, ...others] = await answers(subject);
        expect([name, first!.status]).toEqual([name, 403]);
        for (const other of others) expect(seen(other)).toEqual(seen(first!));
      }
      for (const { status } of await answers(COORDINATOR)) {
        expect([name, [401, 403].includes(status)]).toEqual([name, false]);
        expect(status).toBeLessThan(500);
      }
    }
  });
});
