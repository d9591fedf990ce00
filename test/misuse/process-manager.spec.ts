import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import { startNode, type TestNode } from '../../apps/regional-node/test/test-node.js';
import { ArchivedSignal } from '../../apps/regional-node/src/archive/index.js';
import { AuditLine } from '../../apps/regional-node/src/audit/index.js';
import { Signal } from '../../apps/regional-node/src/youths/index.js';
import { empty } from '../database/empty.js';
import { statementsOf } from './statements.js';

/** Both live in Utrecht. */
const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const DAAN = { bsn: '999910036', birthDate: '2011-06-02' };
/** In the person register, and in no signal. */
const ABSENT = '999910048';
const UTRECHT = 'mn-procesmanager';
const AMERSFOORT = 'mn-procesmanager-amersfoort';
const ZEIST = 'mn-procesmanager-zeist';
const DECIDED = '2026-11-20';

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url });
});
beforeEach(async () => {
  node.clock.set(new Date('2026-11-24T10:00:00Z'));
  await empty(node.dataSource, 'signal, youth, youth_parent, handle, archived_signal, mail, audit_line');
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

const file = async (subject: string, youth: object): Promise<{ id: string; number: string }> => {
  const agent = await node.as(subject);
  return (await agent.post('/signals').send({ youth, informed: 'yes' }).expect(201)).body;
};
const archive = async (subject: string, youth: object): Promise<string> => {
  const { id, number } = await file(subject, youth);
  await (await node.as(subject)).post(`/signals/${id}/_end`).send({ reason: 'risk-gone' }).expect(204);
  return number;
};
const DOORS = {
  overview: '/subject-access/_overview',
  look: '/subject-access/_preview-erasure',
  erase: '/subject-access/_erase',
  lookArchive: '/archive/_preview-destruction',
  destroy: '/archive/_destroy',
};
type Door = keyof typeof DOORS;
const send = async (subject: string, door: Door, body: object) =>
  (await node.as(subject)).post(DOORS[door]).send(body);
const bodyOf = (door: Door, bsn: string, preview: unknown) =>
  door === 'erase' || door === 'destroy' ? { bsn, decidedOn: DECIDED, preview } : { bsn };
const look = async (subject: string, bsn: string, door: 'look' | 'lookArchive' = 'look') => {
  const { status, body } = await send(subject, door, { bsn });
  expect(status).toBe(200);
  return body as { preview?: string; signals: { number: string }[]; archived: { number: string }[] };
};
const numbersOf = (kept: { number: string }[]) => kept.map(({ number }) => number);
const kept = async () => ({
  signals: numbersOf(await node.dataSource.manager.find(Signal, { order: { number: 'asc' } })),
  archived: numbersOf(await node.dataSource.manager.find(ArchivedSignal, { order: { number: 'asc' } })),
});
const COUNTED = ['subject-access-given', 'erasure-previewed', 'signals-erased', 'archive-destroyed'];
const lines = async () =>
  (await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } }))
    .filter(({ action }) => [...COUNTED, 'subject-access-refused'].includes(action))
    .map(({ action, fields }) => ({ action, fields }));

describe('a college decides about signals of its own organisations', () => {
  it('and destroys none of another, in the archive or out of it, also of a youth who lives here', async () => {
    const theirs = {
      signals: [(await file('mn-jeugdarts', SANNE)).number],
      archived: [await archive('mn-buurtteam', DAAN), await archive('mn-jeugdarts', DAAN)],
    };
    // Utrecht decides about one of these only
    for (const [subject, bsn] of [
      [UTRECHT, SANNE.bsn],
      [ZEIST, SANNE.bsn],
      [ZEIST, DAAN.bsn],
    ] as const)
      for (const [first, second] of [
        ['look', 'erase'],
        ['lookArchive', 'destroy'],
      ] as const) {
        const shown = await look(subject, bsn, first);
        expect(shown).toMatchObject({ signals: [], archived: [] });
        expect(shown.preview).toBeUndefined();
        const act = { bsn, decidedOn: DECIDED, preview: 'made up' };
        expect((await send(subject, second, act)).status).toBe(409);
      }
    expect(await kept()).toEqual(theirs);
    await node.dataSource.query(`delete from audit_line`);
    for (const [first, second] of [['lookArchive', 'destroy']] as const) {
      const { preview, archived } = await look(UTRECHT, DAAN.bsn, first);
      expect(numbersOf(archived)).toEqual([theirs.archived[0]]);
      const act = { bsn: DAAN.bsn, decidedOn: DECIDED, preview };
      expect((await send(UTRECHT, second, act)).status).toBe(204);
    }
    expect(await kept()).toEqual({ ...theirs, archived: [theirs.archived[1]] });
  });

  it('and sees of a youth who lives elsewhere those only', async () => {
    await file('mn-leerkracht', SANNE);
    const { number } = await file('mn-jeugdarts', SANNE);
    await archive('mn-internbegeleider', SANNE);
    const { body } = await send(AMERSFOORT, 'overview', { bsn: SANNE.bsn });
    expect(body).toMatchObject({ signals: [{ number }], archived: [] });
    expect(JSON.stringify(body)).not.toContain('Linde');
    expect((await send(UTRECHT, 'overview', { bsn: SANNE.bsn })).body.signals).toHaveLength(2);
  });

  it('and is told which other college decides about a youth who lives here, and of no other youth', async () => {
    await file('mn-leerkracht', SANNE);
    const { number } = await file('mn-jeugdarts', SANNE);
    expect(await look(UTRECHT, SANNE.bsn)).toMatchObject({
      elsewhere: [{ number, organisation: 'Jeugdgezondheidszorg Amersfoort', municipality: 'Amersfoort' }],
    });
    expect(await look(AMERSFOORT, SANNE.bsn)).toMatchObject({ signals: [{ number }], elsewhere: [] });
  });
});

describe('ten requests a day', () => {
  const ask = (door: Door, subject = UTRECHT, bsn = ABSENT) =>
    send(subject, door, bodyOf(door, bsn, 'made up'));

  it('are the limit of all doors together, per person', async () => {
    const doors = Object.keys(DOORS) as Door[];
    const ten = [...doors, ...doors];
    const answers = await Promise.all([...ten, ...doors].map((door) => ask(door)));
    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped).toHaveLength(doors.length);
    expect(stopped.map(({ body }) => body.code)).toEqual(doors.map(() => 'too-many-access-requests'));
    for (const door of doors) expect((await ask(door)).status).toBe(429);
    expect((await ask('overview', AMERSFOORT)).status).toBe(200);
    node.clock.set(new Date('2026-11-24T23:00:00Z'));
    expect((await ask('overview')).status).toBe(200);
  });

  it('each leave a line in the logbook, found or not, and so does one too many', async () => {
    const { number } = await file('mn-leerkracht', SANNE);
    const gone = await archive('mn-internbegeleider', SANNE);
    await send(UTRECHT, 'overview', { bsn: SANNE.bsn });
    await send(UTRECHT, 'overview', { bsn: ABSENT });
    await look(UTRECHT, ABSENT);
    await ask('erase');
    await ask('destroy');
    const { preview } = await look(UTRECHT, SANNE.bsn);
    await send(UTRECHT, 'erase', { bsn: SANNE.bsn, decidedOn: DECIDED, preview });
    const last = await archive('mn-leerkracht', DAAN);
    const destruction = await look(UTRECHT, DAAN.bsn, 'lookArchive');
    const act = { bsn: DAAN.bsn, decidedOn: DECIDED, preview: destruction.preview };
    await send(UTRECHT, 'destroy', act);
    await ask('look');
    await ask('look');
    expect(await lines()).toEqual([
      { action: 'subject-access-given', fields: { signals: 2 } },
      { action: 'subject-access-given', fields: { signals: 0 } },
      { action: 'erasure-previewed', fields: { signals: 0 } },
      { action: 'signals-erased', fields: { signals: [], decidedOn: DECIDED } },
      { action: 'archive-destroyed', fields: { signals: [], decidedOn: DECIDED } },
      { action: 'erasure-previewed', fields: { signals: 2 } },
      { action: 'signals-erased', fields: { signals: [number, gone], decidedOn: DECIDED } },
      { action: 'erasure-previewed', fields: { signals: 1 } },
      { action: 'archive-destroyed', fields: { signals: [last], decidedOn: DECIDED } },
      { action: 'erasure-previewed', fields: { signals: 0 } },
      { action: 'subject-access-refused', fields: {} },
    ]);
    const operator = await node.as('mn-beheerder');
    const found = await operator.get(`/audit?signal=${gone}`).expect(200);
    expect(found.body.lines.map(({ action }: { action: string }) => action)).toContain('signals-erased');
  });
});

describe('what is not yours and what is absent', () => {
  it.each(Object.keys(DOORS) as Door[])(
    'are the same answer for the same statements and rows: %s',
    async (door) => {
      await file('mn-leerkracht', SANNE);
      await file('mn-internbegeleider', SANNE);
      await archive('mn-buurtteam', SANNE);
      await file('mn-jeugdarts', SANNE);
      // a preview that holds, of another youth
      await archive('mn-schuldhulp', DAAN);
      const { preview } = await look(ZEIST, DAAN.bsn, door === 'destroy' ? 'lookArchive' : 'look');
      expect(preview).toBeDefined();
      const answers: object[] = [];
      const taken = async (bsn: string) => {
        await node.dataSource.query(`delete from audit_line where action = any($1)`, [COUNTED]);
        return statementsOf(node.dataSource, async () => {
          const { status, body } = await send(ZEIST, door, bodyOf(door, bsn, preview));
          answers.push({ status, body });
        });
      };
      const [theirs, absent] = [await taken(SANNE.bsn), await taken(ABSENT)];
      expect(theirs).toEqual(absent);
      expect(theirs.length).toBeGreaterThan(4);
      expect(answers[0]).toEqual(answers[1]);
    },
  );
});

describe('an erasure', () => {
  it('shows first whom it is about and what goes, and changes nothing', async () => {
    const before = await archive('mn-leerkracht', SANNE);
    const { number } = await file('mn-leerkracht', SANNE);
    expect(await look(UTRECHT, SANNE.bsn)).toEqual({
      youth: { name: 'Sanne Voorbeeld', birthDate: SANNE.birthDate },
      signals: [expect.objectContaining({ number })],
      archived: [expect.objectContaining({ number: before })],
      elsewhere: [],
      preview: expect.any(String),
    });
    expect(await kept()).toEqual({ signals: [number], archived: [before] });
  });

  it('asks the person register about nobody of whom nothing goes', async () => {
    await file('mn-jeugdarts', SANNE);
    await node.dataSource.query(`delete from audit_line`);
    for (const bsn of [SANNE.bsn, ABSENT])
      for (const subject of [UTRECHT, ZEIST]) expect(await look(subject, bsn)).not.toHaveProperty('youth');
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'person-register-consulted' })).toBe(0);
  });

  it('is done by what was shown only: not without, for somebody else, at another door, later or after a change', async () => {
    const filed = await file('mn-leerkracht', SANNE);
    await archive('mn-internbegeleider', SANNE);
    await file('mn-leerkracht', DAAN);
    const before = await kept();
    const { preview } = await look(UTRECHT, SANNE.bsn);
    const ofDaan = (await look(UTRECHT, DAAN.bsn)).preview;
    const act = (change: object) =>
      send(UTRECHT, 'erase', { bsn: SANNE.bsn, decidedOn: DECIDED, preview, ...change });
    expect((await act({ preview: undefined })).body.invalidParams[0]).toMatchObject({ name: 'preview' });
    expect((await act({ preview: ofDaan })).body).toMatchObject({ status: 409, code: 'preview-outdated' });
    const destroy = { bsn: SANNE.bsn, decidedOn: DECIDED, preview };
    expect((await send(UTRECHT, 'destroy', destroy)).status).toBe(409);
    node.clock.set(new Date('2026-11-24T10:15:01Z'));
    expect((await act({})).status).toBe(409);
    node.clock.set(new Date('2026-11-24T10:10:00Z'));
    expect(await kept()).toEqual(before);
    await (
      await node.as('mn-leerkracht')
    )
      .post(`/signals/${filed.id}/_end`)
      .send({ reason: 'risk-gone' })
      .expect(204);
    const changed = await kept();
    expect((await act({})).status).toBe(409);
    expect(await kept()).toEqual(changed);
    expect(changed.archived).toHaveLength(2);
  });

  it('names the day of the decision, today or earlier', async () => {
    await file('mn-leerkracht', SANNE);
    const { preview } = await look(UTRECHT, SANNE.bsn);
    const before = await kept();
    for (const decidedOn of [undefined, '', '2026-02-30', '2026-11-25']) {
      const { status, body } = await send(UTRECHT, 'erase', { bsn: SANNE.bsn, preview, decidedOn });
      expect({ status, params: body.invalidParams }).toMatchObject({
        status: 400,
        params: [{ name: 'decidedOn' }],
      });
    }
    expect(await kept()).toEqual(before);
    const today = { bsn: SANNE.bsn, preview, decidedOn: '2026-11-24' };
    expect((await send(UTRECHT, 'erase', today)).status).toBe(204);
    // and once only
    expect((await send(UTRECHT, 'erase', today)).status).toBe(409);
  });
});
