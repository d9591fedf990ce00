import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { demoFile } from '../../test/demo-file.js';
import { Mailbox } from '../../test/mailbox.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Organisation } from '../directory/index.js';
import { Signal } from '../youths/index.js';
import { CovenantActivation } from './index.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- documents are changed at will here
type Document = any;

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const SANNE_BY_NAME = { surname: 'Voorbeeld', birthDate: '2012-03-14', sex: 'V', postcode: '3580 ZA' };
const original = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8');
const covenant = (change: (document: Document) => void = () => undefined): string => {
  const document: unknown = parse(original);
  change(document);
  return stringify(document);
};
const without = (...ids: string[]) =>
  covenant((d) => (d.organisations = d.organisations.filter(({ id }: { id: string }) => !ids.includes(id))));

let register: RegisterProcess;
let mailbox: Mailbox;
let node: TestNode;
let operator: Agent;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  mailbox = await new Mailbox().start();
});
afterAll(async () => {
  await register.stop();
  await mailbox.stop();
});
beforeEach(async () => {
  node = await startNode({ PERSON_REGISTER_URL: register.url, SMTP_URL: mailbox.url });
  operator = await node.as('mn-beheerder');
});
afterEach(() => node.stop());

/** It is then, and the operator has logged in anew. */
const at = async (moment: string) => {
  node.clock.set(new Date(moment));
  operator = await node.as('mn-beheerder');
};
const file = async (subject: string, youth: object) =>
  (await (await node.as(subject)).post('/signals').send({ youth, informed: 'yes' }).expect(201)).body as {
    number: string;
  };
const schedule = (yaml: string, effectiveFrom: string) =>
  operator.post('/covenant/versions').send({ yaml, effectiveFrom });
const states = async () =>
  (await operator.get('/covenant/versions').expect(200)).body.versions.map(
    ({ version, state }: Document) => `${version} ${state}`,
  );
const work = () => node.app.get(CovenantActivation, { strict: false }).run(() => false);
const leadOf = async (subject: string) =>
  (await (await node.as(subject)).get('/matches').expect(200)).body[0]?.matchregisseur;

describe('a covenant that is checked', () => {
  it('is answered with its own text, which is checked with the same answer, and nothing is stored', async () => {
    const { body } = await operator.post('/covenant/_check').send({ yaml: original }).expect(200);
    expect(body).toMatchObject({ name: 'Verwijsindex Midden Nederland', organisations: 9 });
    const again = await operator.post('/covenant/_check').send({ yaml: body.yaml }).expect(200);
    expect(again.body).toEqual(body);
    expect(await states()).toEqual(['1 in-force']);
  });

  it('names every wrong part, with the article it goes against', async () => {
    const yaml = covenant((d) => {
      d.retentionMonths = 36;
      d.organisations[0].sector = 'sport';
    });
    const { body } = await operator.post('/covenant/_check').send({ yaml }).expect(422);
    expect(body).toMatchObject({ code: 'covenant-invalid' });
    expect(body.invalidParams.map(({ name }: Document) => name).sort()).toEqual([
      'organisations[0].sector',
      'retentionMonths',
    ]);
    for (const { reason } of body.invalidParams) expect(reason).toMatch(/Jeugdwet 7\.1\./);
    await schedule(yaml, '2027-01-01').expect(422);
    await operator.post('/covenant/_preview').send({ yaml }).expect(422);
  });
});

describe('a covenant with a municipality that nobody looks after', () => {
  const yaml = covenant((d) =>
    d.municipalities.push({ code: '0310', name: 'De Bilt' }, { code: '9876', name: 'Nergens' }),
  );
  const warnings = [
    { code: '0310', name: 'De Bilt', why: 'without-process-manager' },
    { code: '9876', name: 'Nergens', why: 'without-process-manager' },
    { code: '9876', name: 'Nergens', why: 'unknown' },
  ];

  it('names it when it is checked and previewed', async () => {
    for (const route of ['_check', '_preview'])
      expect((await operator.post(`/covenant/${route}`).send({ yaml }).expect(200)).body.warnings).toEqual(
        warnings,
      );
  });

  it('is scheduled only when each is accepted by name, and says so when its day comes', async () => {
    const send = (accepted: string[] | undefined, status: number) =>
      operator
        .post('/covenant/versions')
        .send({ yaml, effectiveFrom: '2026-12-01', accepted })
        .expect(status);
    const { body } = await send(undefined, 400);
    expect(body).toMatchObject({ code: 'municipality-not-accepted' });
    expect(body.invalidParams.map(({ name, code }: Document) => `${name} ${code}`)).toEqual([
      'accepted.0310 without-process-manager',
      'accepted.9876 without-process-manager',
      'accepted.9876 unknown',
    ]);
    await send(['0310'], 400);
    expect(await states()).toEqual(['1 in-force']);
    await send(['0310', '9876'], 201);
    await at('2026-12-01T12:00:00Z');
    await work();
    const lines = await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
    expect(
      lines.filter(({ action }) => /covenant-(sch|act)/.test(action)).map(({ fields }) => fields),
    ).toEqual([
      { version: 1 },
      { version: 2, effectiveFrom: '2026-12-01', accepted: ['0310', '9876'] },
      { version: 2, withoutProcessManager: ['0310', '9876'] },
    ]);
  });

  it('is warned of on the day from which it is in force, not before: a municipality that ends', async () => {
    const ended = covenant((d) => d.municipalities.push({ code: '0530', name: 'Hellevoetsluis' }));
    const { body } = await operator
      .post('/covenant/_preview')
      .send({ yaml: ended, effectiveFrom: '2022-12-31' })
      .expect(200);
    expect(body.warnings.map(({ why }: Document) => why)).toEqual(['without-process-manager']);
    const now = await operator.post('/covenant/_preview').send({ yaml: ended }).expect(200);
    expect(now.body.warnings.map(({ why }: Document) => why)).toEqual(['without-process-manager', 'ended']);
  });
});

describe('a scheduled covenant', () => {
  it('is in force from midnight in Amsterdam, and is told by its versions and the logbook', async () => {
    const { body } = await schedule(
      covenant((d) => (d.retentionMonths = 12)),
      '2026-12-01',
    ).expect(201);
    expect(body).toMatchObject({ version: 2, state: 'scheduled', effectiveFrom: '2026-12-01' });
    const now = async () =>
      (await operator.get('/covenant').expect(200)).body.document.retentionMonths as number;
    await at('2026-11-30T22:59:59Z');
    await work();
    expect([await now(), await states()]).toEqual([24, ['2 scheduled', '1 in-force']]);
    await at('2026-11-30T23:00:00Z');
    expect([await now(), await states()]).toEqual([12, ['2 in-force', '1 superseded']]);
    await work();
    await at('2026-12-02T12:00:00Z');
    await work();
    const lines = await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
    expect(
      lines
        .filter(({ action }) => action.startsWith('covenant'))
        .map(({ action, fields }) => [action, fields]),
    ).toEqual([
      ['covenant-activated', { version: 1 }],
      ['covenant-scheduled', { version: 2, effectiveFrom: '2026-12-01' }],
      ['covenant-activated', { version: 2 }],
    ]);
    const { body: read } = await operator.get('/covenant/versions/2').expect(200);
    expect(read).toMatchObject({
      activatedAt: '2026-11-30T23:00:00.000Z',
      document: { retentionMonths: 12 },
    });
    await operator.get('/covenant/versions/3').expect(404);
  });

  it('is given as YAML that reads as the same document', async () => {
    const yaml = covenant((d) => (d.shortName = 'MIDDEN'));
    await schedule(yaml, '2026-12-01').expect(201);
    const { text, headers } = await operator.get('/covenant/versions/2/yaml').expect(200);
    expect(headers['content-type']).toContain('application/yaml');
    expect(parse(text)).toEqual(parse(yaml));
  });

  it('begins after today, on a day of its own', async () => {
    for (const day of ['2026-11-24', '2026-11-23', '2026-13-01', 'morgen'])
      await schedule(original, day).expect(400);
    await schedule(original, '2026-11-25').expect(201);
    const { body } = await schedule(original, '2026-11-25').expect(400);
    expect(body.invalidParams).toMatchObject([{ name: 'effectiveFrom', code: 'taken' }]);
  });

  it('is withdrawn until its day has come; its day is free again, its number is not', async () => {
    await schedule(original, '2026-11-26').expect(201);
    await operator.post('/covenant/versions/2/_withdraw').expect(204);
    await operator.post('/covenant/versions/2/_withdraw').expect(204);
    expect((await schedule(original, '2026-11-26').expect(201)).body.version).toBe(3);
    expect(await states()).toEqual(['3 scheduled', '2 withdrawn', '1 in-force']);
    await at('2026-11-26T12:00:00Z');
    expect((await operator.post('/covenant/versions/3/_withdraw').expect(409)).body.code).toBe(
      'covenant-in-force',
    );
    await operator.post('/covenant/versions/1/_withdraw').expect(409);
    await operator.post('/covenant/versions/9/_withdraw').expect(404);
  });

  it('has its new organisations known at once', async () => {
    const yaml = covenant((d) =>
      d.organisations.push({ ...d.organisations[6], id: 'basisschool-de-eik', name: 'Basisschool De Eik' }),
    );
    await schedule(yaml, '2026-12-01').expect(201);
    expect(await node.dataSource.manager.findOneBy(Organisation, { id: 'basisschool-de-eik' })).toEqual({
      ...{ id: 'basisschool-de-eik', name: 'Basisschool De Eik' },
      ...{ sector: 'education', kind: 'school', municipality: '0344', locations: [] },
    });
  });
});

describe('a kind of organisation', () => {
  it('outside the list is refused in a new version, naming where it is', async () => {
    const yaml = covenant((d) => Object.assign(d.organisations[6], { kind: 'sports-club', mayUseBsn: true }));
    for (const answer of [
      await schedule(yaml, '2026-12-01'),
      await operator.post('/covenant/_check').send({ yaml }),
      await operator.post('/covenant/_preview').send({ yaml }),
    ]) {
      expect([answer.status, answer.headers['content-type']]).toEqual([
        422,
        expect.stringContaining('application/problem+json'),
      ]);
      expect(answer.body).toMatchObject({
        code: 'covenant-invalid',
        invalidParams: [{ name: 'organisations[6].kind', code: 'kind' }],
      });
    }
    expect(await states()).toEqual(['1 in-force']);
  });

  it('outside the list goes on in the version in force, and the operator is shown what it is called now', async () => {
    const rename = (from: string, to: string) =>
      node.dataSource.query(
        `update covenant set document = replace(document::text, $1, $2)::jsonb where version = 1`,
        [`"kind": "${from}"`, `"kind": "${to}"`],
      );
    await rename('neighbourhood-team', 'wijkteam');
    try {
      const { body } = await operator.get('/covenant/versions').expect(200);
      expect(body.versions).toMatchObject([
        {
          version: 1,
          otherKinds: [
            { organisation: 'Buurtteam Lombok', kind: 'wijkteam', listedAs: 'neighbourhood-team' },
          ],
        },
      ]);
      await file('mn-leerkracht', SANNE);
    } finally {
      await rename('wijkteam', 'neighbourhood-team');
    }
    expect((await operator.get('/covenant/versions').expect(200)).body.versions).toMatchObject([
      { version: 1, otherKinds: [] },
    ]);
  });
});

describe('a covenant that is previewed', () => {
  it('shows who comes and goes, how many signals end, and which kinds would lead in the matches of now', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    await file('mn-politie', SANNE_BY_NAME);
    const yaml = covenant((d) => {
      d.organisations = d.organisations.filter(({ id }: Document) => id !== 'politie-midden');
      d.organisations.push({ ...d.organisations[6], id: 'basisschool-de-eik', name: 'Basisschool De Eik' });
      d.leading.order = ['school'];
      d.leading.never = [];
    });
    const { body } = await operator.post('/covenant/_preview').send({ yaml }).expect(200);
    expect(body).toEqual({
      parts: ['leading'],
      joining: [{ id: 'basisschool-de-eik', name: 'Basisschool De Eik' }],
      leaving: [{ id: 'politie-midden', name: 'Politie Midden', signals: 1 }],
      changing: [],
      leads: [{ now: 'certified-institution', then: 'school', matches: 1 }],
      warnings: [],
    });
    expect(await states()).toEqual(['1 in-force']);
  });
});

describe('a match', () => {
  it('keeps the covenant under which it was made; one that is made later goes by the new one', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    await schedule(
      covenant((d) => {
        d.leading.order = ['school', 'youth-health'];
        d.leading.never = [];
      }),
      '2026-12-01',
    ).expect(201);
    await at('2026-12-01T12:00:00Z');
    await work();
    expect(await leadOf('mn-leerkracht')).toMatchObject({ name: 'Dewi Pratiwi' });
    await file('mn-buurtteam', SANNE);
    expect(await leadOf('mn-leerkracht')).toMatchObject({ name: 'Dewi Pratiwi' });
    const milan = { bsn: '999910048', birthDate: '2015-09-21' };
    await file('mn-internbegeleider', milan);
    await file('mn-jeugdarts', milan);
    expect(await leadOf('mn-jeugdarts')).toMatchObject({ name: 'Bart Jansen' });
  });
});

describe('an organisation that is no party any more', () => {
  it('files nothing from that day, its signals end without archive, and matches follow', async () => {
    await file('mn-leerkracht', SANNE);
    const theirs = await file('mn-jeugdzorg', SANNE);
    await schedule(without('jeugdbescherming-midden'), '2026-12-01').expect(201);
    const preview = async (status: number) =>
      (await (await node.as('mn-jeugdzorg')).post('/signals/_preview').send({ youth: SANNE }).expect(status))
        .body;
    await at('2026-11-30T22:59:59Z');
    await work();
    await preview(200);
    expect(await leadOf('mn-leerkracht')).toMatchObject({ name: 'Dewi Pratiwi' });
    await at('2026-11-30T23:00:00Z');
    expect((await preview(403)).code).toBe('organisation-not-in-covenant');
    await work();
    expect(await node.dataSource.manager.existsBy(Signal, { number: theirs.number })).toBe(false);
    expect(await leadOf('mn-leerkracht')).toBeUndefined();
    const ended = await node.dataSource.manager.findBy(AuditLine, { action: 'signal-ended' });
    expect(ended.map(({ actor, fields }) => ({ actor, ...fields }))).toEqual([
      { actor: 'system', signal: theirs.number, cause: 'organisation-left' },
    ]);
  });
});
