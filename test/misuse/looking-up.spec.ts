import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { dayInAmsterdam } from '#libs/calendar';
import { SealingKey } from '#libs/sealing';
import { In } from 'typeorm';
import type { RegisterAnswer } from '../../apps/regional-node/src/person-register/register-answer.js';
import { RegisterConnection } from '../../apps/regional-node/src/person-register/register-connection.js';
import { AuditLine } from '../../apps/regional-node/src/audit/index.js';
import { RegionalNodeConfig } from '../../apps/regional-node/src/config.js';
import { Professional, type Role } from '../../apps/regional-node/src/directory/index.js';
import { Mail } from '../../apps/regional-node/src/mails/index.js';
import { CountedLookUp } from '../../apps/regional-node/src/signals/index.js';
import { LookUps } from '../../apps/regional-node/src/signals/look-ups.js';
import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import { startNode, type TestNode } from '../../apps/regional-node/test/test-node.js';
import { empty } from '../database/empty.js';

const TEACHER = 'mn-leerkracht';
const COLLEAGUE = 'mn-internbegeleider';
const COORDINATOR = 'mn-coordinator';
const TEAM = 'mn-buurtteam';
const POLICE = 'mn-politie';
const OPERATOR = 'mn-beheerder';
const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };
const NOON = new Date('2026-11-24T11:00:00Z');
const HOUR = 3_600_000;

/** One of as many youths without BSN as a test asks for. */
const unknownYouth = (n: number) => ({
  ...{ surname: 'Zoeker', sex: 'V', withoutBsn: true },
  birthDate: new Date(Date.UTC(2010, 0, 1 + n)).toISOString().slice(0, 10),
});

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  const { lookUpsPerDay, filingsPerDay, filingsPerWeek } = new RegionalNodeConfig();
  node = await startNode({
    PERSON_REGISTER_URL: register.url,
    UNDO_SECONDS: '60',
    LOOK_UPS_PER_DAY: String(lookUpsPerDay),
    FILINGS_PER_DAY: String(filingsPerDay),
    FILINGS_PER_WEEK: String(filingsPerWeek),
  });
}, 120_000);
beforeEach(async () => {
  jest.restoreAllMocks();
  node.clock.set(NOON);
  await empty(
    node.dataSource,
    'signal, youth, handle, archived_signal, archive_question, match_notice, mail, audit_line, counted_look_up, filing_limit_raise',
  );
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

interface Answer {
  status: number;
  code?: string;
  retryAfter?: string;
}
interface Filed {
  id: string;
  number: string;
}

const later = (hours: number) => node.clock.set(new Date(NOON.getTime() + hours * HOUR));
const preview = async (who: string, youth: object = SANNE, organisation?: string): Promise<Answer> => {
  const answer = await (await node.as(who, organisation)).post('/signals/_preview').send({ youth });
  return { status: answer.status, code: answer.body.code, retryAfter: answer.get('Retry-After') };
};
const previews = async (who: string, times: number): Promise<number[]> => {
  const statuses = [];
  for (let n = 0; n < times; n += 1) statuses.push((await preview(who)).status);
  return statuses;
};
const file = async (who: string, youth: object = SANNE, organisation?: string): Promise<Filed> =>
  (await (await node.as(who, organisation)).post('/signals').send({ youth, informed: 'yes' }).expect(201))
    .body as Filed;
const tryToFile = async (who: string, youth: object) =>
  (await node.as(who)).post('/signals').send({ youth, informed: 'yes' });
const fileMany = async (who: string, from: number, count: number): Promise<Filed[]> => {
  const filed = [];
  for (let n = from; n < from + count; n += 1) filed.push(await file(who, unknownYouth(n)));
  return filed;
};
const share = async (who: string, { id }: Filed) =>
  (await node.as(who)).post(`/signals/${id}/_share`).expect(204);
const end = async (who: string, { id }: Filed, reason: string) =>
  (await node.as(who)).post(`/signals/${id}/_end`).send({ reason }).expect(204);
const raise = async (who: string, subject: string) => {
  const person = await node.dataSource.manager.findOneByOrFail(Professional, { subject });
  return (await node.as(who)).post(`/professionals/${person.id}/_raise-filing-limit`);
};
const counted = (kind: 'look-up' | 'filing') => node.dataSource.manager.countBy(CountedLookUp, { kind });
const linesOf = (action: AuditLine['action']) =>
  node.dataSource.manager.find(AuditLine, { where: { action }, order: { id: 'asc' } });
const idOf = async (subject: string) =>
  (await node.dataSource.manager.findOneByOrFail(Professional, { subject })).id;
const reviewOf = async (subject: string): Promise<Record<string, unknown> | undefined> => {
  const { name } = await node.dataSource.manager.findOneByOrFail(Professional, { subject });
  const { body } = await (await node.as(OPERATOR)).get('/look-ups').expect(200);
  return (body as Record<string, unknown>[]).find((person) => person.name === name);
};
/** Has the register give no answer, or refuse. */
const registerSays = (answer: RegisterAnswer) =>
  jest.spyOn(node.app.get(RegisterConnection, { strict: false }), 'ask').mockResolvedValue(answer);

describe('looking somebody up', () => {
  it('passes exactly 60 of 400 times at once', async () => {
    const agent = await node.as(TEACHER);
    const ask = async () => (await agent.post('/signals/_preview').send({ youth: SANNE })).status;
    const statuses = await Promise.all(Array.from({ length: 400 }, ask));
    // the register of a busy machine may not answer in time: that counts nothing, and is asked again
    for (let last = 0; last !== 429; statuses.push(last)) last = await ask();
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => ![200, 429, 503].includes(status))).toEqual([]);
  });

  it('counts for a person, whatever the designation', async () => {
    const nurse = 'mn-jeugdverpleegkundige';
    for (let n = 0; n < 60; n += 1)
      expect((await preview(nurse, SANNE, n % 2 === 0 ? 'buurtteam-utrecht' : 'jgz-amersfoort')).status).toBe(
        200,
      );
    for (const organisation of ['buurtteam-utrecht', 'jgz-amersfoort'])
      expect((await preview(nurse, SANNE, organisation)).status).toBe(429);
    expect((await preview(COLLEAGUE)).status).toBe(200);
  });

  it('counts what finds nobody, whether to preview, to file or to link', async () => {
    const nobody = { ...SANNE, birthDate: '2012-03-15' };
    const search = { surname: 'Nergens', birthDate: '2012-03-14', sex: 'V' };
    expect((await preview(TEACHER, nobody)).status).toBe(422);
    expect((await preview(TEACHER, search)).status).toBe(422);
    expect((await tryToFile(TEACHER, nobody)).status).toBe(422);
    expect(await counted('look-up')).toBe(3);
    const { id } = await file(TEACHER, unknownYouth(0));
    await (await node.as(TEACHER)).post(`/signals/${id}/_link`).send({ youth: nobody }).expect(422);
    expect(await counted('look-up')).toBe(5);
  });

  it('is given back when a signal on that youth is shared, and not for another youth or another person', async () => {
    await previews(TEACHER, 3);
    await preview(TEACHER, MILAN);
    await preview(COLLEAGUE);
    const signal = await file(TEACHER);
    expect(await counted('look-up')).toBe(6);
    await share(TEACHER, signal);
    const left = await node.dataSource.manager.find(CountedLookUp, { where: { kind: 'look-up' } });
    expect(left.map(({ professionalId }) => professionalId).sort()).toEqual(
      [await idOf(TEACHER), await idOf(COLLEAGUE)].sort(),
    );
  });

  it('is possible again a day later for each, as the refusal says', async () => {
    await previews(TEACHER, 1);
    later(3);
    await previews(TEACHER, 59);
    expect(await preview(TEACHER)).toEqual({
      ...{ status: 429, code: 'too-many-look-ups', retryAfter: String(21 * 3_600) },
    });
    later(24);
    expect(await previews(TEACHER, 2)).toEqual([200, 429]);
  });

  it.each<RegisterAnswer>([
    { outcome: 'unreachable', reason: 'time-out' },
    { outcome: 'unreadable', reason: 'no persons' },
    { outcome: 'refused', refusal: { by: 'register', status: 403 } },
  ])('locks nobody out after 61 questions to a register that is $outcome', async (answer) => {
    registerSays(answer);
    expect([...new Set(await previews(TEACHER, 61))]).toEqual([503]);
    expect(await counted('look-up')).toBe(0);
    jest.restoreAllMocks();
    expect((await preview(TEACHER)).status).toBe(200);
  });

  it('counts nothing for a request that does not reach the register', async () => {
    await preview(POLICE, SANNE);
    await preview(TEACHER, { ...SANNE, birthDate: '2099-01-01' });
    expect(await counted('look-up')).toBe(0);
  });

  it('is not bought by filing, looking and undoing', async () => {
    for (let n = 0; n < 25; n += 1) await end(TEACHER, await file(TEACHER), 'undone');
    expect(await counted('look-up')).toBe(25);
    expect((await previews(TEACHER, 36)).filter((status) => status === 200)).toHaveLength(35);
    expect(await reviewOf(TEACHER)).toMatchObject({
      inVain: 60,
      filed: 25,
      ended: 25,
      undone: 25,
      refused: 1,
    });
  });

  it('leaves a line with who in the logbook when it is refused, and nothing of whom', async () => {
    await previews(TEACHER, 60);
    await preview(TEACHER, MILAN);
    await preview(TEACHER, unknownYouth(1));
    const lines = await linesOf('look-up-refused');
    expect(lines.map(({ actor, fields }) => ({ actor, fields }))).toEqual(
      Array.from({ length: 2 }, () => ({ actor: expect.any(String), fields: { limit: 'look-up' } })),
    );
    expect(lines[0]!.actor).toBe(await idOf(TEACHER));
    expect(JSON.stringify(lines)).not.toMatch(/99991|Zoeker|2010/);
  });

  it('is forgotten: whom it was about after a day, that it was after thirty', async () => {
    await preview(TEACHER);
    const work = node.app.get(LookUps, { strict: false });
    expect(await work.run()).toBe(0);
    later(24);
    expect(await work.run()).toBe(1);
    expect((await node.dataSource.manager.find(CountedLookUp)).map(({ youthIndex }) => youthIndex)).toEqual([
      null,
    ]);
    later(30 * 24);
    await work.run();
    expect(await counted('look-up')).toBe(0);
  });
});

describe('filing', () => {
  it('goes 40 times a day, undone signals included, and no more when many come at once', async () => {
    for (const filed of await fileMany(TEACHER, 0, 10)) await end(TEACHER, filed, 'undone');
    await fileMany(TEACHER, 0, 20);
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, n) => tryToFile(TEACHER, unknownYouth(20 + n))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.map(({ status, body }) => `${status} ${body.code}`)).toEqual(
      Array.from({ length: 15 }, () => '429 too-many-filings'),
    );
    expect(refused[0]!.get('Retry-After')).toBe(String(24 * 3_600));
    expect(refused[0]!.body.detail).toMatch(/coördinator van uw organisatie.*beheerder van uw regio/);
    expect((await node.dataSource.query('select from signal')).length).toBe(30);
    const lines = await linesOf('look-up-refused');
    expect(lines.map(({ fields }) => fields)).toEqual(
      Array.from({ length: 15 }, () => ({ limit: 'filing' })),
    );
  });

  it('goes 150 times in seven days', async () => {
    for (const [day, count] of [40, 40, 40, 30].entries()) {
      later(day * 25);
      await fileMany(TEACHER, day * 40, count);
    }
    const answer = await tryToFile(TEACHER, unknownYouth(500));
    expect([answer.status, answer.get('Retry-After')]).toEqual([429, String((7 * 24 - 3 * 25) * 3_600)]);
    later(7 * 24);
    await file(TEACHER, unknownYouth(500));
  });

  it('counts a link, and neither a renewal nor what was refused', async () => {
    const signal = await file(TEACHER, unknownYouth(0));
    await (await node.as(TEACHER)).post(`/signals/${signal.id}/_link`).send({ youth: SANNE }).expect(200);
    expect(await counted('filing')).toBe(2);
    await share(TEACHER, signal);
    expect(await counted('look-up')).toBe(0);
    expect((await tryToFile(TEACHER, SANNE)).status).toBe(409);
    const removalDate = (
      await node.dataSource.query<{ removal_date: string }[]>('select removal_date from signal')
    )[0]!;
    node.clock.set(new Date(new Date(removalDate.removal_date).getTime() - 30 * 24 * HOUR));
    await (await node.as(TEACHER)).post(`/signals/${signal.id}/_renew`).send({ informed: 'yes' }).expect(201);
    expect(await counted('filing')).toBe(2);
  });

  it('goes three times as often for a week when the coordinator says so, which is logged and on the review list', async () => {
    await fileMany(TEACHER, 0, 40);
    expect((await tryToFile(TEACHER, unknownYouth(40))).status).toBe(429);
    const { status, body } = await raise(COORDINATOR, TEACHER);
    const until = new Date(NOON.getTime() + 7 * 24 * HOUR).toISOString();
    expect([status, body]).toEqual([200, { until }]);
    await file(TEACHER, unknownYouth(40));
    expect(await linesOf('filing-limit-raised')).toMatchObject([
      { actor: await idOf(COORDINATOR), fields: { professional: await idOf(TEACHER), until: '2026-12-01' } },
    ]);
    expect(await reviewOf(TEACHER)).toMatchObject({ raisedUntil: until, refused: 1, mayRaise: false });
    const { professionals } = (await (await node.as(COORDINATOR)).get('/professionals').expect(200)).body;
    expect(
      professionals
        .filter((one: { filingLimitRaisedUntil?: string }) => one.filingLimitRaisedUntil === until)
        .map(({ id }: { id: string }) => id),
    ).toEqual([await idOf(TEACHER)]);
    later(7 * 24);
    await node.dataSource.query(`update counted_look_up set at = $1`, [node.clock.now()]);
    expect((await tryToFile(TEACHER, unknownYouth(41))).status).toBe(429);
  });

  it('is raised by nobody for themselves, and for whom nobody may it is as if they were absent', async () => {
    const { manager } = node.dataSource;
    const roles: Role[] = ['professional', 'coordinator'];
    // there is another coordinator, so this is the organisation's to decide
    const both = In([COORDINATOR, COLLEAGUE]);
    await manager.update(Professional, { subject: both }, { roles });
    expect((await raise(COLLEAGUE, COORDINATOR)).status).toBe(200);
    expect((await raise(COORDINATOR, COORDINATOR)).status).toBe(404);
    expect(await linesOf('filing-limit-raised')).toHaveLength(1);
    await manager.update(Professional, { subject: COORDINATOR }, { roles: ['coordinator'] });
    await manager.update(Professional, { subject: COLLEAGUE }, { roles: ['professional'] });
    const absent = await (
      await node.as(COORDINATOR)
    ).post(`/professionals/${randomUUID()}/_raise-filing-limit`);
    for (const [who, whom] of [
      [COORDINATOR, TEAM],
      [COORDINATOR, COORDINATOR],
      [OPERATOR, TEACHER],
      [OPERATOR, OPERATOR],
    ] as const) {
      const answer = await raise(who, whom);
      expect([answer.status, answer.body]).toEqual([404, absent.body]);
    }
    expect((await raise(TEACHER, COLLEAGUE)).status).toBe(403);
    expect(await linesOf('filing-limit-raised')).toHaveLength(1);
  });

  it('is raised by the operator where no coordinator but the person themselves can', async () => {
    expect((await raise(OPERATOR, TEAM)).status).toBe(200);
    expect(await reviewOf(TEAM)).toMatchObject({ mayRaise: true });
    const { manager } = node.dataSource;
    await manager.update(Professional, { subject: COORDINATOR }, { roles: ['professional', 'coordinator'] });
    expect((await raise(OPERATOR, COORDINATOR)).status).toBe(200);
    await manager.update(Professional, { subject: COORDINATOR }, { roles: ['coordinator'] });
  });
});

describe('ending', () => {
  it('is never refused, and counts nothing', async () => {
    const signals = await fileMany(TEACHER, 0, 40);
    await node.dataSource.query(`update counted_look_up set kind = 'look-up'`);
    expect((await preview(TEACHER)).status).toBe(429);
    const before = await node.dataSource.manager.count(CountedLookUp);
    for (const [n, signal] of signals.entries()) {
      if (n > 20) await share(TEACHER, signal);
      await end(TEACHER, signal, n > 20 ? 'wrong-youth' : 'undone');
    }
    expect(await node.dataSource.manager.count(CountedLookUp)).toBeLessThanOrEqual(before);
  });

  it('of more than a quarter of more than twenty signals within thirty days is on the review list', async () => {
    const signals = await fileMany(TEACHER, 0, 21);
    for (const signal of signals) await share(TEACHER, signal);
    for (const signal of signals.slice(0, 5)) await end(TEACHER, signal, 'risk-gone');
    expect(await reviewOf(TEACHER)).toBeUndefined();
    await end(TEACHER, signals[5]!, 'wrong-youth');
    expect(await reviewOf(TEACHER)).toMatchObject({ filed: 21, ended: 6, undone: 0, endsTooOften: true });
    later(30 * 24);
    expect(await reviewOf(TEACHER)).toBeUndefined();
  });

  it('before sharing is listed as undone, whatever the reason given', async () => {
    const [first, second, third] = await fileMany(TEACHER, 0, 3);
    await end(TEACHER, first!, 'undone');
    await end(TEACHER, second!, 'risk-gone');
    await share(TEACHER, third!);
    await end(TEACHER, third!, 'risk-gone');
    expect(await reviewOf(TEACHER)).toMatchObject({ filed: 3, ended: 3, undone: 2, endsTooOften: false });
  });
});

describe('a youth without BSN', () => {
  it('is guessed as often as anybody else is looked up, and no more', async () => {
    for (let n = 0; n < 60; n += 1) expect((await preview(TEACHER, unknownYouth(n))).status).toBe(200);
    expect(await preview(TEACHER, unknownYouth(60))).toMatchObject({
      status: 429,
      code: 'too-many-look-ups',
    });
    expect((await preview(TEACHER)).status).toBe(429);
    expect((await tryToFile(TEACHER, unknownYouth(61))).status).toBe(429);
    expect(await reviewOf(TEACHER)).toMatchObject({ inVain: 60, refused: 3 });
  });

  it('gives back what was looked up by the same description when the signal is shared', async () => {
    await preview(TEACHER, unknownYouth(0));
    await preview(TEACHER, unknownYouth(1));
    await share(TEACHER, await file(TEACHER, unknownYouth(0)));
    expect(await counted('look-up')).toBe(1);
  });

  it('tells that somebody has a signal, and nothing of them, before both sides confirmed', async () => {
    const mine = await file(TEACHER, unknownYouth(0));
    const theirs = await file(POLICE, unknownYouth(0));
    await share(TEACHER, mine);
    await share(POLICE, theirs);
    const [match] = (await (await node.as(TEACHER)).get('/matches').expect(200)).body;
    expect(match).toMatchObject({ involved: [], matchregisseur: null });
    const [possible] = match.possible as { id: string }[];
    expect(match.possible).toEqual([
      {
        ...{ id: expect.any(String), kind: 'possibly-same-youth', askedToVerify: false },
        ...{ confirmedByYou: false, confirmedByThem: false },
      },
    ]);
    await (await node.as(TEACHER)).post(`/matches/${possible!.id}/_confirm`).expect(204);
    const queue = (await (await node.as('mn-procesmanager')).get('/match-queue').expect(200))
      .body as object[];
    expect(queue.length).toBeGreaterThan(0);
    for (const each of queue) expect(each).toMatchObject({ possible: 1, matchregisseur: null });
    const [other] = (await (await node.as(POLICE)).get('/matches').expect(200)).body;
    await node.told();
    const sealing = node.app.get(SealingKey, { strict: false });
    const mails = (await node.dataSource.manager.find(Mail)).map(
      ({ id, subject, bodySealed }) => subject + sealing.open(`mail/${id}`, bodySealed!).toString('utf8'),
    );
    expect(mails.length).toBeGreaterThan(1);
    // the greeting names the receiver
    const told = JSON.stringify([match, mails.map((mail) => mail.replace(/^.*Beste [^,]+,/s, ''))]);
    expect(told).not.toMatch(/polit|police/i);
    expect(JSON.stringify([other, mails])).not.toMatch(/school|linde|leerkracht/i);
  });
});

describe('the archive', () => {
  const archivedBy = async (who: string) => {
    const signal = await file(who);
    await share(who, signal);
    await end(who, signal, 'risk-gone');
    later(1);
  };
  const earlier = async (who: string, { id }: Filed) =>
    (await (await node.as(who)).get(`/signals/${id}/earlier`).expect(200)).body as { name: string }[];
  const notices = async () =>
    (await node.dataSource.manager.find(Mail)).filter(({ subject }) => /eerdere signalen/.test(subject))
      .length;

  it('tells a person once of a youth: not again when they file anew, under another designation neither', async () => {
    await archivedBy(TEAM);
    const nurse = 'mn-jeugdverpleegkundige';
    const undone = await file(nurse);
    await end(nurse, undone, 'undone');
    expect(await notices()).toBe(0);
    const first = await file(nurse);
    await share(nurse, first);
    expect([await notices(), (await earlier(nurse, first)).length]).toEqual([1, 1]);
    await end(nurse, first, 'wrong-youth');
    for (const organisation of ['buurtteam-utrecht', 'jgz-amersfoort']) {
      const again = await file(nurse, SANNE, organisation);
      const agent = await node.as(nurse, organisation);
      await agent.post(`/signals/${again.id}/_share`).expect(204);
      expect((await agent.get(`/signals/${again.id}/earlier`).expect(200)).body).toEqual([]);
    }
    expect(await notices()).toBe(1);
    const other = await file(TEACHER);
    await share(TEACHER, other);
    expect([await notices(), (await earlier(TEACHER, other)).length]).toEqual([2, 1]);
  });

  it('keeps whom it told with what was archived, and forgets it with that', async () => {
    await archivedBy(TEAM);
    await share(TEACHER, await file(TEACHER));
    const told = () =>
      node.dataSource.query<object[]>(
        `select t.professional_id, a.youth_index is not null as of_youth from archive_told t join archived_signal a on a.id = t.archived_signal_id`,
      );
    expect(await told()).toEqual([{ professional_id: await idOf(TEACHER), of_youth: true }]);
    const manager = await node.as('mn-procesmanager');
    const { bsn } = SANNE;
    const { preview } = (await manager.post('/archive/_preview-destruction').send({ bsn }).expect(200)).body;
    const decidedOn = dayInAmsterdam(node.clock.now());
    await manager.post('/archive/_destroy').send({ bsn, preview, decidedOn }).expect(204);
    expect(await node.dataSource.query('select from archive_told')).toEqual([]);
  });
});
