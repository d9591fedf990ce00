import { createHash } from 'node:crypto';
import { Professional } from '../directory/index.js';
import { Signal, Youth, YouthParent } from '../youths/index.js';
import { AuditLine } from '../audit/index.js';
import { Mail } from '../mails/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { SignalExpiry } from './index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const SANNE_BY_NAME = { surname: 'Voorbeeld', birthDate: '2012-03-14', sex: 'V', postcode: '3580 ZA' };
const DAAN_BY_NAME = { surname: 'van den Testen', birthDate: '2011-06-02', sex: 'M', postcode: '3580zb' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };
const informed = { informed: 'yes' };

let register: RegisterProcess;
let node: TestNode;
let teacher: Agent;
let colleague: Agent;
let guardian: Agent;
let police: Agent;

beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
  teacher = await node.as('mn-leerkracht');
  colleague = await node.as('mn-internbegeleider');
  guardian = await node.as('mn-jeugdzorg');
  police = await node.as('mn-politie');
});
afterAll(async () => {
  await node.stop();
  await register.stop();
});
beforeEach(async () => {
  for (const { id } of await node.dataSource.manager.find(Signal)) await endAsOwner(id);
  node.clock.set(new Date('2026-11-24T10:00:00Z'));
});

async function endAsOwner(id: string): Promise<void> {
  const { professionalId } = await node.dataSource.manager.findOneByOrFail(Signal, { id });
  const { subject } = await node.dataSource.manager.findOneByOrFail(Professional, { id: professionalId });
  await (await node.as(subject)).post(`/signals/${id}/_end`).send({ reason: 'risk-gone' }).expect(204);
}
const counts = async () => ({
  signals: await node.dataSource.manager.count(Signal),
  youths: await node.dataSource.manager.count(Youth),
  parents: await node.dataSource.manager.count(YouthParent),
});
const auditOf = (action: AuditLine['action']) =>
  node.dataSource.manager.find(AuditLine, { where: { action }, order: { id: 'asc' } });

describe('the preview of a signal', () => {
  it('shows whom it is about and what others would see, and stores nothing', async () => {
    const { body } = await guardian.post('/signals/_preview').send({ youth: SANNE }).expect(200);
    expect(body).toEqual({
      youth: { name: 'Sanne Voorbeeld', birthDate: '2012-03-14' },
      othersWillSee: {
        name: 'Dewi Pratiwi',
        function: 'Jeugdbeschermer',
        organisation: 'Jeugdbescherming Midden',
        kind: 'certified-institution',
        phone: '030-000 00 04',
        email: 'dewi.pratiwi@utrecht.voorbeeld.example',
      },
      informWhom: 'representatives-and-youth',
      removalDate: '2028-11-24',
    });
    expect(await counts()).toEqual({ signals: 0, youths: 0, parents: 0 });
  });

  it('finds by name, birth date, sex and postcode who may not be named by BSN', async () => {
    const { body } = await police.post('/signals/_preview').send({ youth: DAAN_BY_NAME }).expect(200);
    expect(body.youth).toEqual({ name: 'Daan van den Testen', birthDate: '2011-06-02' });
    expect(JSON.stringify(body)).not.toContain('9999');
  });

  it('is in the logbook as a consultation, without the person', async () => {
    const before = (await auditOf('person-register-consulted')).length;
    await guardian.post('/signals/_preview').send({ youth: SANNE }).expect(200);
    const lines = (await auditOf('person-register-consulted')).slice(before);
    expect(lines.map(({ fields }) => fields)).toEqual([{ purpose: 'preview', outcome: 'found', persons: 1 }]);
  });
});

describe('a signal', () => {
  it('gets a number, a removal date and a place in the national queue', async () => {
    const { body } = await teacher
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      number: expect.stringMatching(/^MN-2026-\d{6}$/),
      filedAt: '2026-11-24T10:00:00.000Z',
      removalDate: '2028-11-24',
    });
    expect(await counts()).toEqual({ signals: 1, youths: 1, parents: 2 });
  });

  it('leaves neither the BSN nor the name nor the birth date anywhere in the database', async () => {
    await teacher
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    await police
      .post('/signals')
      .send({ youth: DAAN_BY_NAME, ...informed })
      .expect(201);
    const tables = await node.dataSource.query<{ name: string }[]>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    let everything = '';
    for (const { name } of tables) {
      const rows = await node.dataSource.query<{ row: string }[]>(`select t::text as row from "${name}" t`);
      everything += rows.map(({ row }) => row).join('\n');
    }
    // of the youths and of Sanne's parents, as text and as the bytes of text
    for (const secret of [
      '999910000',
      '999910036',
      '999910012',
      '999910024',
      'Sanne',
      'Testen',
      '2012-03-14',
    ]) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
      expect(everything).not.toContain(createHash('sha256').update(secret).digest('hex'));
    }
    expect(everything).toContain('MN-2026-');
  });

  it('is refused a second time by the same professional, with the number of the first', async () => {
    const first = await teacher.post('/signals').send({ youth: SANNE, ...informed });
    const second = await teacher
      .post('/signals')
      .send({ youth: SANNE_BY_NAME, ...informed })
      .expect(409);
    expect(second.body).toMatchObject({ code: 'signal-exists', signal: first.body.number });
    for (const youth of [SANNE, SANNE_BY_NAME]) {
      const { body } = await teacher.post('/signals/_preview').send({ youth }).expect(200);
      const { id, number, removalDate } = first.body as Record<string, string>;
      expect(body.existing).toEqual({ id, number, removalDate });
    }
    const { body } = await colleague.post('/signals/_preview').send({ youth: SANNE }).expect(200);
    expect(body).not.toHaveProperty('existing');
    expect((await counts()).signals).toBe(1);
  });

  it('may be filed by two professionals of one organisation', async () => {
    await teacher
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    await colleague
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    expect(await counts()).toEqual({ signals: 2, youths: 1, parents: 2 });
  });

  it('is stored once however often the same one arrives at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => teacher.post('/signals').send({ youth: SANNE, ...informed })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await counts()).toEqual({ signals: 1, youths: 1, parents: 2 });
  });

  it('shares one record of the youth, and of a shared parent, with others of the same moment', async () => {
    const answers = await Promise.all([
      teacher.post('/signals').send({ youth: SANNE, ...informed }),
      guardian.post('/signals').send({ youth: SANNE, ...informed }),
      colleague.post('/signals').send({ youth: MILAN, ...informed }),
      police.post('/signals').send({ youth: DAAN_BY_NAME, ...informed }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(await counts()).toEqual({ signals: 4, youths: 3, parents: 6 });
    const [shared] = await node.dataSource.query<{ n: string }[]>(
      'select count(*) as n from (select parent_index from youth_parent group by 1 having count(*) = 2) s',
    );
    expect(shared).toEqual({ n: '1' });
  });

  it('keeps since when the youth lives where, but not for a protected address', async () => {
    await guardian
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    const [open] = await node.dataSource.manager.find(Youth);
    expect(open).toMatchObject({ municipality: '0344', isProtected: false });
    await register.change(SANNE.bsn, { geheimhouding: true });
    await teacher
      .post('/signals')
      .send({ youth: SANNE, ...informed })
      .expect(201);
    const [hidden] = await node.dataSource.manager.find(Youth);
    expect(hidden).toMatchObject({ municipality: null, residenceAsOf: null, isProtected: true });
    await register.change(SANNE.bsn, { geheimhouding: false });
  });
});

describe('a signal is refused, and nothing is stored,', () => {
  afterEach(async () => {
    expect(await counts()).toEqual({ signals: 0, youths: 0, parents: 0 });
  });
  const refused = async (agent: Agent, body: object, status: number, fields: string[]) => {
    const { body: problem, headers } = await agent.post('/signals').send(body).expect(status);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const named = (problem.invalidParams ?? []).map(({ name }: { name: string }) => name);
    expect([...new Set(named)]).toEqual(fields);
    return problem as { code: string; detail: string };
  };

  it('for a BSN that fails the 11-test, which the answer does not repeat', async () => {
    const problem = await refused(teacher, { youth: { ...SANNE, bsn: '999910001' }, ...informed }, 400, [
      'youth.bsn',
    ]);
    expect(JSON.stringify(problem)).not.toContain('999910001');
  });
  it('for a BSN that nobody has', async () => {
    const youth = { ...SANNE, bsn: '999999990' };
    expect((await refused(teacher, { youth, ...informed }, 422, ['youth.bsn'])).code).toBe(
      'youth-not-identified',
    );
  });
  it('for a birth date that does not fit', async () => {
    await refused(teacher, { youth: { ...SANNE, birthDate: '2012-03-15' }, ...informed }, 422, [
      'youth.birthDate',
    ]);
  });
  it('for a day that does not exist', async () => {
    await refused(teacher, { youth: { ...SANNE, birthDate: '2012-02-30' }, ...informed }, 400, [
      'youth.birthDate',
    ]);
  });
  it('for a birth date that is still to come, wherever one is given, and before the register is asked', async () => {
    const before = (await auditOf('person-register-consulted')).length;
    // in Amsterdam it is the 25th: in Greenwich the 25th would still be tomorrow
    node.clock.set(new Date('2026-11-24T23:30:00Z'));
    const [late, latePolice] = [await node.as('mn-leerkracht'), await node.as('mn-politie')];
    const withoutBsn = { withoutBsn: true, surname: 'Voorbeeld', sex: 'V' };
    for (const youth of [SANNE, SANNE_BY_NAME, withoutBsn]) {
      const problem = await refused(
        youth === SANNE ? late : latePolice,
        { youth: { ...youth, birthDate: '2026-11-26' }, ...informed },
        400,
        ['youth.birthDate'],
      );
      expect(problem).toMatchObject({ invalidParams: [{ code: 'inFuture' }] });
    }
    expect(await auditOf('person-register-consulted')).toHaveLength(before);
    // nobody of that day is known, but the date itself is possible
    const today = { ...SANNE, birthDate: '2026-11-25' };
    await refused(late, { youth: today, ...informed }, 422, ['youth.birthDate']);
  });
  it('for names that fit nobody, whichever of the four is wrong, and asks for one more datum', async () => {
    for (const wrong of [
      { surname: 'Voorbeld' },
      { birthDate: '2012-03-15' },
      { sex: 'M' },
      { postcode: '3580 ZB' },
    ]) {
      const youth = { ...SANNE_BY_NAME, ...wrong };
      const { code } = await refused(police, { youth, ...informed }, 422, ['youth.givenName']);
      expect(code).toBe('one-more-datum');
    }
  });
  it('for twins whom name, birth date, sex and postcode do not tell apart, until a given name does', async () => {
    const youth = { surname: 'Dubbelganger', birthDate: '2013-05-05', sex: 'V', postcode: '2590ZA' };
    await refused(police, { youth, ...informed }, 422, ['youth.givenName']);
    for (const givenName of ['Evi', 'Isa']) {
      const { body } = await police
        .post('/signals/_preview')
        .send({ youth: { ...youth, givenName } })
        .expect(200);
      expect(body.youth.name).toBe(`${givenName} Dubbelganger`);
    }
  });
  it('when all data do not lead to one person, without painting fields', async () => {
    const youth = { ...SANNE_BY_NAME, givenName: 'Suzanne' };
    await refused(police, { youth, ...informed }, 422, ['youth.houseNumber']);
    const full = { ...youth, houseNumber: '1a' };
    expect((await refused(police, { youth: full, ...informed }, 422, [])).code).toBe('youth-not-identified');
  });
  it('for a house number and a given name that are none', async () => {
    for (const wrong of [{ houseNumber: '0' }, { houseNumber: '123456' }, { houseNumber: 'a' }])
      await refused(police, { youth: { ...SANNE_BY_NAME, ...wrong }, ...informed }, 400, [
        'youth.houseNumber',
      ]);
    for (const givenName of ['Sann*', '', 'Саша', 'Sanne!'])
      await refused(police, { youth: { ...SANNE_BY_NAME, givenName }, ...informed }, 400, [
        'youth.givenName',
      ]);
  });
  it('for a surname with a wildcard', async () => {
    await refused(police, { youth: { ...SANNE_BY_NAME, surname: 'Voor*' }, ...informed }, 400, [
      'youth.surname',
    ]);
  });
  it('for a BSN from an organisation that may not use it, before the register is asked', async () => {
    const before = (await auditOf('person-register-consulted')).length;
    await refused(police, { youth: SANNE, ...informed }, 400, ['youth.bsn']);
    expect(await auditOf('person-register-consulted')).toHaveLength(before);
  });
  it('for a parent, who is 23 or older', async () => {
    const youth = { bsn: '999910012', birthDate: '1981-07-02' };
    expect((await refused(teacher, { youth, ...informed }, 422, ['youth.birthDate'])).code).toBe(
      'youth-not-eligible',
    );
  });
  it('on the 23rd birthday, and not the day before', async () => {
    const lotte = { bsn: '999910115', birthDate: '2006-05-06' };
    node.clock.set(new Date('2029-05-06T00:00:00+02:00'));
    await refused(await node.as('mn-leerkracht'), { youth: lotte, ...informed }, 422, ['youth.birthDate']);
    node.clock.set(new Date('2029-05-05T23:59:59+02:00'));
    const { body } = await (
      await node.as('mn-leerkracht')
    )
      .post('/signals')
      .send({ youth: lotte, ...informed })
      .expect(201);
    expect(body.removalDate).toBe('2029-05-06');
    await endAsOwner(body.id as string);
  });
  it('for somebody who died', async () => {
    const sem = { bsn: '999910164', birthDate: '2016-07-25' };
    await register.change(sem.bsn, { overlijden: '2026-11-01' });
    expect((await refused(teacher, { youth: sem, ...informed }, 422, ['youth.bsn'])).code).toBe(
      'youth-not-eligible',
    );
  });
  it('from somebody who is not designated', async () => {
    expect((await refused(await node.as('mn-stagiair'), { youth: SANNE, ...informed }, 403, [])).code).toBe(
      'professional-not-designated',
    );
  });
  it('from an organisation that did not sign the covenant', async () => {
    expect((await refused(await node.as('mn-trainer'), { youth: SANNE, ...informed }, 403, [])).code).toBe(
      'organisation-not-in-covenant',
    );
  });
  it('from a role that files no signals, a stranger, and nobody', async () => {
    await refused(await node.as('mn-procesmanager'), { youth: SANNE, ...informed }, 403, []);
    await refused(await node.as('zomaar-iemand'), { youth: SANNE, ...informed }, 403, []);
    await refused(await node.as(), { youth: SANNE, ...informed }, 401, []);
  });
  it('with any other property, so that no reason comes in', async () => {
    await refused(teacher, { youth: SANNE, ...informed, reason: 'zorgen' }, 400, ['reason']);
    await refused(teacher, { youth: { ...SANNE, toelichting: 'zorgen' }, ...informed }, 400, [
      'youth.toelichting',
    ]);
    await refused(teacher, { youth: { ...SANNE, surname: 'Voorbeeld' }, ...informed }, 400, [
      'youth.surname',
    ]);
  });
  it('without a choice whether parents were informed, or with a text for it', async () => {
    await refused(teacher, { youth: SANNE }, 400, ['informed']);
    await refused(teacher, { youth: SANNE, informed: 'ja, gebeld' }, 400, ['informed']);
  });
  it('without a youth, or with something else in its place', async () => {
    for (const youth of [undefined, null, 'Sanne', 7, []]) {
      await refused(teacher, { youth, ...informed }, 400, ['youth']);
    }
    await refused(teacher, { youth: {}, ...informed }, 400, [
      'youth.surname',
      'youth.birthDate',
      'youth.sex',
    ]);
    await teacher
      .post('/signals')
      .send({ youth: [SANNE], ...informed })
      .expect(400);
  });
  it('as anything but JSON of at most 100 kB', async () => {
    await teacher.post('/signals').type('form').send('youth=1').expect(415);
    await teacher
      .post('/signals')
      .send({ youth: SANNE, ...informed, filler: 'x'.repeat(101_000) })
      .expect(400);
  });
  it('from another site', async () => {
    await teacher
      .post('/signals')
      .set('Origin', 'https://elsewhere.example')
      .send({ youth: SANNE, ...informed })
      .expect(403);
  });
  it('while the person register is down, and the answer says so', async () => {
    await register.stop();
    try {
      expect((await refused(teacher, { youth: SANNE, ...informed }, 503, [])).code).toBe(
        'person-register-unavailable',
      );
    } finally {
      await register.start();
    }
  });
});

describe("a professional's own signals", () => {
  const file = async (agent: Agent, youth: object) =>
    (await agent.post('/signals').send({ youth, informed: 'not-yet' }).expect(201)).body as {
      id: string;
      number: string;
    };

  it('are listed without the youth, and with the youth read from the register when asked', async () => {
    const { id, number } = await file(police, SANNE_BY_NAME);
    await file(teacher, SANNE);
    const plain = {
      id,
      number,
      filedAt: '2026-11-24T10:00:00.000Z',
      removalDate: '2028-11-24',
    };
    expect((await police.get('/signals').expect(200)).body).toEqual({ signals: [plain] });
    expect((await police.get(`/signals/${id}`).expect(200)).body).toEqual(plain);
    const youth = { name: 'Sanne Voorbeeld', birthDate: '2012-03-14' };
    const expanded = await police.get('/signals?expand=youth').expect(200);
    expect(expanded.body).toEqual({ signals: [{ ...plain, youth }] });
    const one = await police.get(`/signals/${id}?expand=youth`).expect(200);
    expect(one.body).toEqual({ ...plain, youth });
    expect((await auditOf('person-register-consulted')).at(-1)?.fields).toEqual({
      purpose: 'list',
      outcome: 'found',
      persons: 1,
    });
  });

  describe('with a reminder to inform those whom the law names', () => {
    const ask = async (agent: Agent, answer: object) =>
      (
        await agent
          .post('/signals')
          .send({ youth: SANNE, ...answer })
          .expect(201)
      ).body as { id: string; number: string };
    const reminded = async (agent: Agent, id: string) =>
      ((await agent.get(`/signals/${id}`).expect(200)).body as { informReminderUntil?: string })
        .informReminderUntil;

    it('are shown so to the filer who did not inform them yet and asked for it, for six weeks', async () => {
      const { id } = await ask(teacher, { informed: 'not-yet', remind: true });
      expect(await reminded(teacher, id)).toBe('2027-01-05');
      node.clock.set(new Date('2027-01-04T20:00:00Z'));
      expect(await reminded(await node.as('mn-leerkracht'), id)).toBe('2027-01-05');
      node.clock.set(new Date('2027-01-05T05:00:00Z'));
      expect(await reminded(await node.as('mn-leerkracht'), id)).toBeUndefined();
      await node.app.get(SignalExpiry, { strict: false }).run(() => false);
      expect(await node.dataSource.manager.findOneByOrFail(Signal, { id })).toMatchObject({
        informReminderUntil: null,
      });
    });

    it.each([
      ['who informed them', { informed: 'yes', remind: true }],
      ['who did not ask for it', { informed: 'not-yet' }],
      ['who wants none', { informed: 'not-yet', remind: false }],
    ])('are not shown so to a filer %s', async (_, answer) => {
      const { id } = await ask(teacher, answer);
      expect(await reminded(teacher, id)).toBeUndefined();
    });

    it('are ticked off by the filer only', async () => {
      const { id } = await ask(teacher, { informed: 'not-yet', remind: true });
      await guardian.post(`/signals/${id}/_informed`).expect(404);
      expect(await reminded(teacher, id)).toBeDefined();
      await teacher.post(`/signals/${id}/_informed`).expect(204);
      await teacher.post(`/signals/${id}/_informed`).expect(204);
      expect(await reminded(teacher, id)).toBeUndefined();
    });

    it('are refused with a text for the reminder', async () => {
      const wrong = { youth: SANNE, informed: 'not-yet', remind: 'in mei' };
      const { body } = await teacher.post('/signals').send(wrong).expect(400);
      expect(body.invalidParams).toMatchObject([{ name: 'remind' }]);
    });

    it('leave the answer nowhere else: not with the signal, in the logbook or in a mail', async () => {
      const everything = async () => {
        const { manager } = node.dataSource;
        const found = [await manager.find(Signal), await manager.find(AuditLine), await manager.find(Mail)];
        return JSON.stringify(found);
      };
      await ask(teacher, { informed: 'not-yet' });
      expect(await everything()).not.toContain('not-yet');
      const [line] = (await auditOf('signal-filed')).slice(-1);
      expect(Object.keys(line!.fields)).toEqual(['signal']);
    });
  });

  it('are still listed while the register is down, without the youth', async () => {
    const { id } = await file(teacher, SANNE);
    await register.stop();
    try {
      const { body } = await teacher.get('/signals?expand=youth').expect(200);
      expect(body.signals).toEqual([expect.objectContaining({ id, youthUnavailable: true })]);
      expect(body.signals[0]).not.toHaveProperty('youth');
    } finally {
      await register.start();
    }
  });

  it('do not exist for others: absent and not yours answer alike, in every way', async () => {
    const { id } = await file(teacher, SANNE);
    const ask = async (agent: Agent, which: string) => {
      const got = await agent.get(`/signals/${which}`);
      const ended = await agent.post(`/signals/${which}/_end`).send({ reason: 'risk-gone' });
      const relevant = ({ status, text, headers }: typeof got) => {
        const { date: _date, ...rest } = headers as Record<string, string>;
        return { status, text, headers: rest };
      };
      return [relevant(got), relevant(ended)];
    };
    const absent = await ask(guardian, '3b241101-e2bb-4255-8caf-4136c566a962');
    expect(absent.map(({ status }) => status)).toEqual([404, 404]);
    expect(await ask(guardian, id)).toEqual(absent);
    expect(await ask(guardian, 'MN-2026-000001')).toEqual(absent);
    expect((await guardian.get('/signals').expect(200)).body).toEqual({ signals: [] });
    expect((await counts()).signals).toBe(1);
  });

  it('end for one of two reasons, which the logbook does not tell; the last one takes the record of the youth along', async () => {
    const first = await file(teacher, SANNE);
    const second = await file(guardian, SANNE);
    await teacher.post(`/signals/${first.id}/_end`).send({ reason: 'opgelost' }).expect(400);
    await teacher.post(`/signals/${first.id}/_end`).send({ reason: 'not-justified', why: 'x' }).expect(400);
    await teacher.post(`/signals/${first.id}/_end`).send({ reason: 'not-justified' }).expect(204);
    expect(await counts()).toEqual({ signals: 1, youths: 1, parents: 2 });
    await teacher.post(`/signals/${first.id}/_end`).send({ reason: 'not-justified' }).expect(404);
    await guardian.post(`/signals/${second.id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    expect(await counts()).toEqual({ signals: 0, youths: 0, parents: 0 });
    expect((await auditOf('signal-ended')).slice(-2).map(({ fields }) => fields)).toEqual([
      { signal: first.number },
      { signal: second.number },
    ]);
  });

  it('can be ended by somebody who is no longer designated', async () => {
    const { id } = await file(teacher, SANNE);
    await node.dataSource.manager.update(Professional, { subject: 'mn-leerkracht' }, { designated: false });
    await teacher.post(`/signals/${id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    await node.dataSource.manager.update(Professional, { subject: 'mn-leerkracht' }, { designated: true });
  });

  it('are removed on their removal date and not before, by one of several instances', async () => {
    const { number } = await file(teacher, SANNE);
    await file(guardian, SANNE);
    const expiry = node.app.get(SignalExpiry, { strict: false });
    node.clock.set(new Date('2028-11-23T22:59:59Z'));
    expect(await expiry.run(() => false)).toBe(0);
    node.clock.set(new Date('2028-11-23T23:00:00Z'));
    const ended = await Promise.all([1, 2, 3].map(() => expiry.run(() => false)));
    expect(ended.reduce((sum, each) => sum + each, 0)).toBe(2);
    expect(await counts()).toEqual({ signals: 0, youths: 0, parents: 0 });
    const line = (await auditOf('signal-ended')).find(({ fields }) => fields.signal === number);
    expect(line).toMatchObject({ actor: 'system', fields: { cause: 'expired' } });
  });

  it('follow the register when the parents change', async () => {
    await file(teacher, SANNE);
    const [youth] = await node.dataSource.manager.find(Youth);
    await node.dataSource.manager.insert(YouthParent, {
      youthId: youth!.id,
      parentIndex: Buffer.alloc(32, 7),
    });
    await file(guardian, SANNE);
    expect((await counts()).parents).toBe(2);
  });
});
