import { AuditLine } from '../audit/index.js';
import { ArchivedSignal } from '../archive/index.js';
import { Professional } from '../directory/index.js';
import { Handle } from '../handles/index.js';
import { Mail } from '../mails/index.js';
import { MatchConfirmed, MatchRejected } from '../matches/index.js';
import { Signal, SignalDescription, Youth } from '../youths/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { RegisterVerification } from './register-verification.js';

const AMINA = { withoutBsn: true, surname: 'El Ouazzani', birthDate: '2012-03-14', sex: 'V' };
const AMINA_OTHERWISE = { ...AMINA, surname: 'al-Ouazzânî' };
const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };
const informed = { informed: 'yes' };

let register: RegisterProcess;
let node: TestNode;
let teacher: Agent;
let colleague: Agent;
let police: Agent;

beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
});
afterAll(async () => {
  await node.stop();
  await register.stop();
});
beforeEach(async () => {
  node.clock.set(new Date('2026-11-24T10:00:00Z'));
  teacher = await node.as('mn-leerkracht');
  colleague = await node.as('mn-internbegeleider');
  police = await node.as('mn-politie');
  for (const { id, professionalId } of await node.dataSource.manager.find(Signal)) {
    const { subject } = await node.dataSource.manager.findOneByOrFail(Professional, { id: professionalId });
    await (await node.as(subject)).post(`/signals/${id}/_end`).send({ reason: 'not-justified' }).expect(204);
  }
  await node.dataSource.manager.clear(Mail);
});

type Shown = { id: string } & Record<string, unknown>;
interface SeenMatch {
  signalId: string;
  involved: Shown[];
  possible: Shown[];
  matchregisseur: object | null;
}

const file = async (agent: Agent, youth: object): Promise<{ id: string; number: string }> => {
  const { body } = await agent
    .post('/signals')
    .send({ youth, ...informed })
    .expect(201);
  return body as { id: string; number: string };
};
const matchOf = async (agent: Agent, { id }: { id: string }) => {
  const { body } = await agent.get('/matches').expect(200);
  return (body as SeenMatch[]).find(({ signalId }) => signalId === id);
};
const confirm = async (agent: Agent, signal: { id: string }) => {
  const match = await matchOf(agent, signal);
  await agent.post(`/matches/${match!.possible[0]!.id}/_confirm`).expect(204);
};
/** Sessions end meanwhile. */
async function twoYearsOn(): Promise<void> {
  node.clock.set(new Date('2028-10-24T10:00:00Z'));
  teacher = await node.as('mn-leerkracht');
  police = await node.as('mn-politie');
}
const link = (agent: Agent, { id }: { id: string }, youth: object) =>
  agent.post(`/signals/${id}/_link`).send({ youth });
const liveRoles = async () =>
  (await node.dataSource.manager.find(Handle, { order: { role: 'asc' } }))
    .filter(({ endedAt }) => endedAt === null)
    .map(({ role }) => role);

describe('a signal on a youth without BSN', () => {
  it('is filed without the person register, and shown as it was filed', async () => {
    const { body: preview } = await police.post('/signals/_preview').send({ youth: AMINA }).expect(200);
    expect(preview).toMatchObject({
      youth: { name: 'El Ouazzani', birthDate: '2012-03-14' },
      ...{ informWhom: 'representatives-and-youth', removalDate: '2028-11-24' },
    });
    const consulted = await node.dataSource.manager.countBy(AuditLine, {
      action: 'person-register-consulted',
    });
    const signal = await file(police, AMINA);
    const { body } = await police.get('/signals?expand=youth').expect(200);
    expect(body.signals).toEqual([
      expect.objectContaining({
        ...{ number: signal.number, withoutBsn: true },
        youth: { name: 'El Ouazzani', birthDate: '2012-03-14' },
      }),
    ]);
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'person-register-consulted' })).toBe(
      consulted,
    );
    const [line] = await node.dataSource.manager.find(AuditLine, {
      ...{ where: { action: 'signal-filed' as const }, order: { id: 'desc' as const }, take: 1 },
    });
    expect(line!.fields).toEqual({ signal: signal.number, youth: 'without-bsn' });
    expect(await liveRoles()).toEqual(['described']);
  });

  it('leaves neither name nor birth date anywhere in the database, and nothing when it ends, the archive included', async () => {
    const signal = await file(teacher, AMINA);
    await file(colleague, AMINA_OTHERWISE);
    const tables = await node.dataSource.query<{ name: string }[]>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    let everything = '';
    for (const { name } of tables) {
      const rows = await node.dataSource.query<{ row: string }[]>(`select t::text as row from "${name}" t`);
      everything += rows.map(({ row }) => row).join('\n');
    }
    for (const needle of ['ouazzani', '2012-03-14'])
      for (const form of [
        needle,
        Buffer.from(needle).toString('hex'),
        Buffer.from(needle).toString('base64'),
      ])
        expect(everything.toLowerCase()).not.toContain(form.toLowerCase());
    const { manager } = node.dataSource;
    const archived = await manager.count(ArchivedSignal);
    await teacher.post(`/signals/${signal.id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    expect(await manager.count(ArchivedSignal)).toBe(archived);
    expect(await manager.count(Youth)).toBe(1);
    expect(await manager.count(SignalDescription)).toBe(1);
    expect(await liveRoles()).toEqual(['described']);
    const [last] = await manager.find(Signal);
    await colleague.post(`/signals/${last!.id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    expect(await manager.count(SignalDescription)).toBe(0);
    expect(await manager.count(Youth)).toBe(0);
    expect(await liveRoles()).toEqual([]);
  });

  it.each([
    ['no sex', { ...AMINA, sex: 'O' }, 400, 'youth.sex'],
    ['a birth date in part', { ...AMINA, birthDate: '2012-03' }, 400, 'youth.birthDate'],
    ['a birth date to come', { ...AMINA, birthDate: '2026-11-25' }, 400, 'youth.birthDate'],
    ['23 years of age', { ...AMINA, birthDate: '2003-11-24' }, 422, 'youth.birthDate'],
    ['a name in another script', { ...AMINA, surname: 'العمراني' }, 400, 'youth.surname'],
    ['a name without letters', { ...AMINA, surname: "- '" }, 400, 'youth.surname'],
    ['no decision', { ...AMINA, withoutBsn: false }, 400, 'youth.withoutBsn'],
    ['a postcode as well', { ...AMINA, postcode: '3580 ZA' }, 400, 'youth.postcode'],
  ])('is refused with %s, by field', async (_, youth, status, field) => {
    const { body } = await teacher
      .post('/signals')
      .send({ youth, ...informed })
      .expect(status);
    expect(body.invalidParams.map(({ name }: { name: string }) => name)).toContain(field);
    expect(JSON.stringify(body)).not.toMatch(/Ouazzani|2012-03-14/);
  });

  it('is accepted on the day of birth and on the day before the 23rd birthday', async () => {
    await file(teacher, { ...AMINA, birthDate: '2026-11-24' });
    const signal = await file(teacher, { ...AMINA, birthDate: '2003-11-25' });
    const { body } = await teacher.get(`/signals/${signal.id}`).expect(200);
    expect(body.removalDate).toBe('2026-11-25');
  });

  it('is not filed twice by one professional, however the name is written', async () => {
    const first = await file(teacher, AMINA);
    const { body } = await teacher
      .post('/signals')
      .send({ youth: AMINA_OTHERWISE, ...informed })
      .expect(409);
    expect(body).toMatchObject({ code: 'signal-exists', signal: first.number });
    const { body: preview } = await teacher
      .post('/signals/_preview')
      .send({ youth: AMINA_OTHERWISE })
      .expect(200);
    expect(preview.existing).toMatchObject({ id: first.id, number: first.number });
    const others = await colleague.post('/signals/_preview').send({ youth: AMINA }).expect(200);
    expect(others.body).not.toHaveProperty('existing');
    expect(await node.dataSource.manager.count(Youth)).toBe(1);
  });

  it('is not found by a signal on a BSN of the same birth date', async () => {
    const signal = await file(teacher, { ...AMINA, surname: 'Voorbeeld' });
    const other = await file(colleague, SANNE);
    expect(await matchOf(teacher, signal)).toBeUndefined();
    expect(await matchOf(colleague, other)).toBeUndefined();
  });

  it('is not asked about at the person register', async () => {
    await file(teacher, AMINA);
    node.clock.set(new Date('2026-11-26T03:00:00Z'));
    await node.app.get(RegisterVerification, { strict: false }).run(() => false);
    const [youth] = await node.dataSource.manager.find(Youth);
    expect(youth!.verifiedAt).toEqual(new Date('2026-11-24T10:00:00Z'));
  });
});

describe('two signals on youths without BSN who are described alike', () => {
  it('are possibly on the same youth; who the others are is told when both confirmed', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA_OTHERWISE);
    const seen = await matchOf(teacher, mine);
    expect(seen).toMatchObject({ involved: [] });
    expect(seen!.possible).toEqual([
      {
        ...{ id: expect.any(String), kind: 'possibly-same-youth' },
        ...{ confirmedByYou: false, confirmedByThem: false, askedToVerify: false },
      },
    ]);

    await confirm(teacher, mine);
    await confirm(teacher, mine);
    expect((await matchOf(teacher, mine))!.possible).toMatchObject([
      { confirmedByYou: true, confirmedByThem: false },
    ]);
    const waiting = await matchOf(police, theirs);
    expect(waiting!.possible).toMatchObject([{ confirmedByYou: false, confirmedByThem: true }]);
    expect(JSON.stringify(waiting)).not.toMatch(/voorbeeld\.example/);

    await confirm(police, theirs);
    for (const [agent, signal] of [[teacher, mine] as const, [police, theirs] as const]) {
      const match = await matchOf(agent, signal);
      expect(match).toMatchObject({
        possible: [],
        involved: [{ kind: 'possibly-same-youth', email: expect.any(String), askedToVerify: false }],
        matchregisseur: { email: expect.any(String) },
      });
      await agent.post(`/matches/${match!.involved[0]!.id}/_contact-made`).expect(204);
    }
    expect((await matchOf(teacher, mine))!.involved[0]).toMatchObject({
      ...{ contactMadeByYou: true, contactMadeByThem: true },
    });
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'match-confirmed' })).toBe(3);
  });

  it('are told by mail without contact details, and are for the process manager to follow up', async () => {
    await file(teacher, AMINA);
    await file(police, AMINA);
    await node.told();
    const mails = await node.dataSource.manager.find(Mail);
    const subject = expect.stringMatching(
      /^Verwijsindex Midden Nederland: mogelijke match bij uw signaal MN-2026-\d{6}$/,
    );
    expect(mails.map((mail) => mail.subject)).toEqual([subject, subject]);
    const { body } = await (await node.as('mn-procesmanager')).get('/match-queue').expect(200);
    expect(body.length).toBeGreaterThan(0);
    for (const match of body) {
      expect(match.possible).toBe(1);
    }
  });

  it('are told apart for good by one filer who says that it is another youth', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    const [first] = (await matchOf(teacher, mine))!.possible;
    await teacher.post(`/matches/${first!.id}/_reject`).expect(204);
    expect(await matchOf(teacher, mine)).toBeUndefined();
    expect(await matchOf(police, theirs)).toBeUndefined();
    // there is nothing to confirm or to reject any more
    await teacher.post(`/matches/${first!.id}/_confirm`).expect(404);
    await teacher.post(`/matches/${first!.id}/_reject`).expect(404);
    // somebody else may have the same youth all the same
    await file(colleague, AMINA);
    expect((await matchOf(teacher, mine))!.possible).toHaveLength(1);
    expect((await matchOf(police, theirs))!.possible).toHaveLength(1);
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'match-rejected' })).toBe(1);
  });

  it('are told apart also after both confirmed them, and stay so when one is renewed', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    await confirm(teacher, mine);
    await confirm(police, theirs);
    const [known] = (await matchOf(teacher, mine))!.involved;
    await teacher.post(`/matches/${known!.id}/_reject`).expect(204);
    expect(await matchOf(police, theirs)).toBeUndefined();
    expect(await node.dataSource.manager.countBy(MatchConfirmed, {})).toBe(1);
    await twoYearsOn();
    const { body: renewed } = await teacher.post(`/signals/${mine.id}/_renew`).send(informed).expect(201);
    expect(await matchOf(teacher, renewed)).toBeUndefined();
    await teacher.post(`/signals/${renewed.id}/_end`).send({ reason: 'not-justified' }).expect(204);
    expect(await node.dataSource.manager.count(MatchRejected)).toBe(0);
  });

  it('are told apart by the two filers only', async () => {
    const mine = await file(teacher, AMINA);
    await file(police, AMINA);
    const { possible } = (await matchOf(teacher, mine))!;
    for (const other of [colleague, police])
      await other.post(`/matches/${possible[0]!.id}/_reject`).expect(404);
    await (await node.as('mn-procesmanager')).post(`/matches/${possible[0]!.id}/_reject`).expect(403);
    await (await node.as()).post(`/matches/${possible[0]!.id}/_reject`).expect(401);
    expect((await matchOf(teacher, mine))!.possible).toHaveLength(1);
  });

  it('have a contact that either takes back for themselves', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    await confirm(teacher, mine);
    await confirm(police, theirs);
    const personOf = async (agent: Agent, signal: { id: string }) =>
      (await matchOf(agent, signal))!.involved[0]!;
    const { id } = await personOf(teacher, mine);
    await teacher.post(`/matches/${id}/_contact-made`).expect(204);
    await police.post(`/matches/${(await personOf(police, theirs)).id}/_contact-made`).expect(204);
    await police.post(`/matches/${id}/_contact-not-made`).expect(404);
    await teacher.post(`/matches/${id}/_contact-not-made`).expect(204);
    await teacher.post(`/matches/${id}/_contact-not-made`).expect(204);
    expect(await personOf(teacher, mine)).toMatchObject({ contactMadeByYou: false, contactMadeByThem: true });
    expect(await personOf(police, theirs)).toMatchObject({
      contactMadeByYou: true,
      contactMadeByThem: false,
    });
    await teacher.post(`/matches/${id}/_contact-made`).expect(204);
    expect(await personOf(teacher, mine)).toMatchObject({ contactMadeByYou: true });
  });

  it('are confirmed by the two filers only', async () => {
    const mine = await file(teacher, AMINA);
    await file(police, AMINA);
    const { possible } = (await matchOf(teacher, mine))!;
    for (const other of [colleague, police])
      expect((await other.post(`/matches/${possible[0]!.id}/_confirm`).expect(404)).body.code).toBe(
        'not-found',
      );
    await (await node.as('mn-procesmanager')).post(`/matches/${possible[0]!.id}/_confirm`).expect(403);
    await (await node.as()).post(`/matches/${possible[0]!.id}/_confirm`).expect(401);
    // what is no possible match is not to be confirmed, and nobody is in contact with a stranger
    await teacher.post(`/matches/${possible[0]!.id}/_contact-made`).expect(404);
    expect(await node.dataSource.manager.count(MatchConfirmed)).toBe(0);
  });

  it('stay confirmed when one is renewed, and are forgotten with the end', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    await confirm(teacher, mine);
    await confirm(police, theirs);
    await twoYearsOn();
    const { body: renewed } = await teacher.post(`/signals/${mine.id}/_renew`).send(informed).expect(201);
    expect((await matchOf(teacher, renewed))!.involved).toHaveLength(1);
    expect((await matchOf(police, theirs))!.involved).toHaveLength(1);
    await teacher.post(`/signals/${renewed.id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    expect(await matchOf(police, theirs)).toBeUndefined();
    const [left] = await node.dataSource.manager.find(Signal);
    expect(
      (await node.dataSource.manager.find(MatchConfirmed)).every(
        ({ ownEntryId }) => ownEntryId === left!.entryId,
      ),
    ).toBe(true);
  });
});

describe('linking a signal to the youth whose BSN became known', () => {
  it('is refused with a birth date that is still to come', async () => {
    const mine = await file(teacher, AMINA);
    const { body } = await link(teacher, mine, { ...SANNE, birthDate: '2027-12-31' }).expect(400);
    expect(body.invalidParams).toMatchObject([{ name: 'youth.birthDate', code: 'inFuture' }]);
  });

  it('keeps the signal, and asks the other to verify; when both did, it is the same youth for sure', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    await confirm(teacher, mine);
    await confirm(police, theirs);
    const before = await node.dataSource.manager.findOneByOrFail(Signal, { id: mine.id });

    const { body } = await link(teacher, mine, SANNE).expect(200);
    expect(body).toMatchObject({ id: mine.id, number: mine.number });
    const after = await node.dataSource.manager.findOneByOrFail(Signal, { id: mine.id });
    expect(after).toEqual({ ...before, youthId: after.youthId });
    expect(await liveRoles()).toEqual(['described', 'parent', 'parent', 'youth']);
    const { body: own } = await teacher.get('/signals?expand=youth').expect(200);
    expect(own.signals[0]).toMatchObject({ youth: { name: 'Sanne Voorbeeld' } });
    expect(own.signals[0]).not.toHaveProperty('withoutBsn');
    expect((await matchOf(police, theirs))!.involved).toMatchObject([
      { kind: 'possibly-same-youth', askedToVerify: true },
    ]);
    expect((await matchOf(teacher, mine))!.involved).toMatchObject([
      { kind: 'possibly-same-youth', askedToVerify: false },
    ]);

    const bySearch = { surname: 'Voorbeeld', birthDate: '2012-03-14', sex: 'V', postcode: '3580 ZA' };
    await link(police, theirs, bySearch).expect(200);
    expect((await matchOf(teacher, mine))!.involved).toMatchObject([{ kind: 'same-youth' }]);
    expect(await node.dataSource.manager.count(Youth)).toBe(1);
    expect(await liveRoles()).toEqual(['described', 'parent', 'parent', 'youth']);
    await teacher.post(`/signals/${mine.id}/_end`).send({ reason: 'not-justified' }).expect(204);
    await police.post(`/signals/${theirs.id}/_end`).send({ reason: 'not-justified' }).expect(204);
    expect(await liveRoles()).toEqual([]);
  });

  it('finds who has a signal on the BSN, and ends what two BSNs tell apart', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    const other = await file(colleague, SANNE);
    await link(teacher, mine, SANNE).expect(200);
    expect(await matchOf(colleague, other)).toMatchObject({
      ...{ involved: [{ kind: 'same-youth' }], possible: [] },
    });
    expect((await matchOf(teacher, mine))!.possible).toHaveLength(1);
    await link(police, theirs, {
      surname: 'van den Testen',
      birthDate: '2011-06-02',
      sex: 'M',
      postcode: '3580 ZB',
    }).expect(200);
    expect((await matchOf(teacher, mine))!.possible).toEqual([]);
    expect(await matchOf(police, theirs)).toBeUndefined();
  });

  it('counts as a look-up, in vain when nobody is found', async () => {
    const mine = await file(teacher, AMINA);
    const { body } = await link(teacher, mine, { ...SANNE, birthDate: '2012-03-15' }).expect(422);
    expect(body.invalidParams[0].name).toBe('youth.birthDate');
    const [line] = await node.dataSource.manager.find(AuditLine, {
      ...{ where: { action: 'person-register-consulted' as const }, order: { id: 'desc' as const }, take: 1 },
    });
    expect(line!.fields).toMatchObject({ purpose: 'link' });
    const { body: lookUps } = await (await node.as('mn-beheerder')).get('/look-ups').expect(200);
    expect(lookUps).toContainEqual(
      expect.objectContaining({ name: 'Anna de Wit', inVain: expect.any(Number) }),
    );
  });

  it('is for the filer, once, and not to a youth on whom they have a signal already', async () => {
    const mine = await file(teacher, AMINA);
    const first = await file(teacher, MILAN);
    expect((await link(colleague, mine, SANNE).expect(404)).body.code).toBe('not-found');
    expect((await link(teacher, mine, MILAN).expect(409)).body).toMatchObject({
      ...{ code: 'signal-exists', signal: first.number },
    });
    expect((await link(teacher, first, SANNE).expect(409)).body.code).toBe('signal-has-bsn');
    await link(teacher, mine, SANNE).expect(200);
    expect((await link(teacher, mine, SANNE).expect(409)).body.code).toBe('signal-has-bsn');
    expect((await link(teacher, mine, AMINA).expect(400)).body.code).toBe('invalid-input');
  });

  it('keeps what the signal was filed by when it is renewed', async () => {
    const mine = await file(teacher, AMINA);
    const theirs = await file(police, AMINA);
    await link(teacher, mine, SANNE).expect(200);
    await twoYearsOn();
    const { body: renewed } = await teacher.post(`/signals/${mine.id}/_renew`).send(informed).expect(201);
    expect((await matchOf(teacher, renewed))!.possible).toHaveLength(1);
    expect((await matchOf(police, theirs))!.possible).toMatchObject([{ askedToVerify: true }]);
  });
});
