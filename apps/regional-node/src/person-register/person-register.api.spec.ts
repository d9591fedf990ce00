import { empty } from '../../../../test/database/empty.js';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { momentInAmsterdam } from '#libs/calendar';
import { register as metricsRegister } from 'prom-client';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Mail } from '../mails/index.js';
import { ScheduledWorkState, WorkRunner } from '../scheduled-work/index.js';
import { Signal, Youth } from '../youths/index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const DAAN = { bsn: '999910036', birthDate: '2011-06-02' };

interface Query {
  burgerservicenummer: string[];
  fields: string[];
}
let respond: (query: Query, response: ServerResponse) => void;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => (text += String(chunk)));
  request.on('end', () => respond(JSON.parse(text) as Query, response));
});
const send = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

const born = ({ bsn, birthDate }: typeof SANNE, rest: object = {}) => ({
  burgerservicenummer: bsn,
  geboorte: { datum: { type: 'Datum', datum: birthDate } },
  gemeenteVanInschrijving: { code: '0344' },
  ...rest,
});
/** A register of these persons. */
const holds = (...persons: { burgerservicenummer: unknown }[]): void => {
  respond = ({ burgerservicenummer: asked }, response) =>
    send(response, 200, {
      personen: persons.filter((person) => asked.includes(String(person.burgerservicenummer))),
    });
};

let node: TestNode;
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  node = await startNode({
    PERSON_REGISTER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/brp`,
    VERIFICATIONS_PER_MINUTE: '1000000',
  });
});
beforeEach(async () => {
  node.clock.set(momentInAmsterdam('2026-11-24', '10:00'));
  await empty(node.dataSource, 'signal, youth, mail, scheduled_work');
  await node.app.get(WorkRunner, { strict: false }).look();
});
afterAll(async () => {
  await node?.stop();
  server.close();
});

const file = async (youth: object) =>
  (await node.as('mn-leerkracht')).post('/signals').send({ youth, informed: 'yes' });
const shown = async () => (await (await node.as('mn-beheerder')).get('/person-register').expect(200)).body;
const mailsToOperators = async () =>
  (await node.dataSource.manager.find(Mail)).filter(({ subject }) => subject.includes('personenregister'));
async function nightOf(day: string): Promise<void> {
  node.clock.set(momentInAmsterdam(day, '12:00'));
  await node.app.get(WorkRunner, { strict: false }).look();
}
const verification = () =>
  node.dataSource.manager.findOneByOrFail(ScheduledWorkState, { name: 'register-verification' });

describe('a person register that refuses', () => {
  it('is told to the operators, and to the professional as something that waiting does not mend', async () => {
    respond = (_query, response) =>
      send(response, 403, {
        code: 'unauthorizedField',
        invalidParams: [{ name: 'fields[5]', reason: '999910000' }],
      });
    const { body } = await file(SANNE);
    expect(body).toMatchObject({ status: 503, code: 'person-register-refuses' });
    expect(body.detail).toContain('beheerder');
    expect(body.detail).not.toContain('paar minuten');
    await file(SANNE);

    expect(await shown()).toMatchObject({
      refusal: {
        ...{ by: 'register', status: 403, code: 'unauthorizedField', parameters: ['fields[5]'] },
        ...{ since: expect.any(String), lastAt: expect.any(String) },
      },
      lastAnswerAt: null,
      notVerified: 0,
    });
    expect(await metricsRegister.getSingleMetricAsString('person_register_refused')).toMatch(/ 1$/m);
    const mails = await mailsToOperators();
    expect(mails.map(({ toAddress }) => toAddress)).toEqual(['nico.brouwer@utrecht.voorbeeld.example']);

    // the next day they are mailed again
    node.clock.set(momentInAmsterdam('2026-11-25', '09:00'));
    await file(SANNE);
    expect(await mailsToOperators()).toHaveLength(2);

    holds(born(SANNE));
    expect((await file(SANNE)).status).toBe(201);
    expect(await shown()).toMatchObject({ refusal: null, lastAnswerAt: expect.any(String) });
    expect(await metricsRegister.getSingleMetricAsString('person_register_refused')).toMatch(/ 0$/m);
  });

  it('is no secret of other roles only', async () => {
    for (const subject of ['mn-leerkracht', 'mn-coordinator', 'mn-procesmanager'])
      await (await node.as(subject)).get('/person-register').expect(403);
  });

  it('that is away says so, and nobody is mailed', async () => {
    respond = (_query, response) => send(response, 503, {});
    expect((await file(SANNE)).body).toMatchObject({ status: 503, code: 'person-register-unavailable' });
    expect((await shown()).refusal).toBeNull();
    expect(await mailsToOperators()).toEqual([]);
  });

  it('fails the nightly verification by its name', async () => {
    holds(born(SANNE));
    await file(SANNE);
    respond = (_query, response) => send(response, 401, { code: 'authentication' });
    await nightOf('2026-11-25');
    expect(await verification()).toMatchObject({ outcome: 'failed', errorKind: 'RegisterRefuses' });
  });
});

describe('one odd record', () => {
  const signals = () => node.dataSource.manager.count(Signal);
  const verified = async () =>
    (await node.dataSource.manager.find(Youth)).map(({ verifiedAt }) =>
      verifiedAt.toISOString().slice(0, 10),
    );
  const deadDaan = born(DAAN, { opschortingBijhouding: { reden: { code: 'O' } } });

  beforeEach(async () => {
    holds(born(SANNE), born(DAAN));
    expect((await file(SANNE)).status).toBe(201);
    expect((await file(DAAN)).status).toBe(201);
  });

  it.each<[string, () => void]>([
    ['has no parents to read', () => holds({ ...born(SANNE), ouders: 'geen' } as never, deadDaan)],
    [
      'has a number that is no text',
      () => holds({ ...born(SANNE), burgerservicenummer: 999910000 }, deadDaan),
    ],
    [
      'makes the register fail',
      () => {
        respond = ({ burgerservicenummer: asked }, response) =>
          asked.includes(SANNE.bsn) ? send(response, 500, {}) : send(response, 200, { personen: [deadDaan] });
      },
    ],
  ])('does not stop the verification of others when it %s', async (_what, behave) => {
    behave();
    await nightOf('2026-11-25');
    expect(await signals()).toBe(1);
    expect(await verified()).toEqual(['2026-11-24']);
    expect(await verification()).toMatchObject({ outcome: 'done', errorKind: null });

    await nightOf('2026-11-27');
    expect((await shown()).notVerified).toBe(1);

    holds(born(SANNE));
    await nightOf('2026-11-28');
    expect(await verified()).toEqual(['2026-11-28']);
    expect((await shown()).notVerified).toBe(0);
  });

  it('with an empty parent is read', async () => {
    holds(born(SANNE, { ouders: [null, { burgerservicenummer: '999910024' }] }), deadDaan);
    await nightOf('2026-11-25');
    expect(await verified()).toEqual(['2026-11-25']);
    expect(await signals()).toBe(1);
  });
});

describe('a node that does not ask for the parents', () => {
  let half: TestNode;
  beforeAll(async () => {
    half = await startNode({
      PERSON_REGISTER_URL: node.config.personRegisterUrl,
      PERSON_REGISTER_FIELDS_OFF: 'ouders.burgerservicenummer',
    });
  });
  afterAll(() => half?.stop());

  it('matches the same youth only, and says so', async () => {
    const asked: string[][] = [];
    const parents = { ouders: [{ burgerservicenummer: '999910024' }] };
    respond = ({ burgerservicenummer: [number], fields }, response) => {
      asked.push(fields);
      const youth = number === SANNE.bsn ? SANNE : DAAN;
      // as the register: what is not asked is not delivered
      const delivered = fields.includes('ouders.burgerservicenummer') ? parents : {};
      send(response, 200, { personen: [born(youth, delivered)] });
    };
    const fileAt = async (who: TestNode, subject: string, youth: object) =>
      (await who.as(subject)).post('/signals').send({ youth, informed: 'yes' }).expect(201);
    const matchesOf = async (who: TestNode, subject: string) =>
      ((await (await who.as(subject)).get('/matches').expect(200)).body as unknown[]).length;

    // brother and sister match where parents are asked for
    await fileAt(node, 'mn-leerkracht', SANNE);
    await fileAt(node, 'mn-jeugdzorg', DAAN);
    expect(await matchesOf(node, 'mn-leerkracht')).toBe(1);

    asked.length = 0;
    await fileAt(half, 'mn-leerkracht', SANNE);
    await fileAt(half, 'mn-jeugdzorg', DAAN);
    expect(await matchesOf(half, 'mn-leerkracht')).toBe(0);
    await fileAt(half, 'mn-jeugdzorg', SANNE);
    expect(await matchesOf(half, 'mn-leerkracht')).toBe(1);
    expect(asked.flat()).not.toContain('ouders.burgerservicenummer');

    const operator = (await half.as('mn-beheerder')).get('/person-register');
    expect((await operator.expect(200)).body).toMatchObject({
      siblingsCompared: false,
      fields: expect.arrayContaining([
        expect.objectContaining({ name: 'burgerservicenummer', asked: true, without: null }),
        expect.objectContaining({
          name: 'ouders.burgerservicenummer',
          asked: false,
          without: expect.stringContaining('same youth'),
        }),
      ]),
    });
    expect((await shown()).siblingsCompared).toBe(true);
  });
});
