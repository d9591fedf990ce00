import { empty } from '../../../../test/database/empty.js';
import { AuditLine } from '../audit/index.js';
import { ArchivedSignal } from '../archive/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Signal } from '../youths/index.js';

/** Sanne and Daan live in Utrecht; Milan, in Rotterdam, has Daan's father. */
const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const DAAN = { bsn: '999910036', birthDate: '2011-06-02' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };
const EMPTY = { signals: [], archived: [], recipients: [], logbook: [] };

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
  const { body } = await agent.post('/signals').send({ youth, informed: 'yes' }).expect(201);
  return body as { id: string; number: string };
};
const end = async (subject: string, { id }: { id: string }) =>
  (await node.as(subject)).post(`/signals/${id}/_end`).send({ reason: 'risk-gone' }).expect(204);
const overview = async (bsn: string, subject = 'mn-procesmanager') =>
  (await (await node.as(subject)).post('/subject-access/_overview').send({ bsn }).expect(200)).body as object;
const previewed = async (bsn: string, subject = 'mn-procesmanager') =>
  (await (await node.as(subject)).post('/subject-access/_preview-erasure').send({ bsn }).expect(200))
    .body as {
    preview?: string;
    elsewhere: object[];
  };
const erase = async (bsn: string, subject = 'mn-procesmanager') => {
  const { preview } = await previewed(bsn, subject);
  const act = { bsn, preview, decidedOn: '2026-11-20' };
  await (await node.as(subject)).post('/subject-access/_erase').send(act).expect(204, {});
};
const counts = async () => [
  await node.dataSource.manager.count(Signal),
  await node.dataSource.manager.count(ArchivedSignal),
];
const lines = (action: AuditLine['action']) => node.dataSource.manager.findBy(AuditLine, { action });

describe('what is kept about a youth', () => {
  it('is shown with who filed it, what was archived, and the logbook', async () => {
    const before = await file('mn-leerkracht', SANNE);
    await end('mn-leerkracht', before);
    const { number } = await file('mn-jeugdarts', SANNE);
    expect(await overview(SANNE.bsn)).toEqual({
      signals: [
        {
          ...{
            number,
            name: 'Gijs Hendriks',
            function: 'Jeugdarts',
            organisation: 'Jeugdgezondheidszorg Amersfoort',
          },
          ...{ filedAt: '2026-11-24T10:00:00.000Z', removalDate: expect.any(String) },
        },
      ],
      archived: [expect.objectContaining({ number: before.number, destroyOn: '2031-11-24' })],
      recipients: [],
      logbook: [
        expect.objectContaining({ action: 'signal-filed', signal: before.number }),
        expect.objectContaining({ action: 'signal-ended', signal: before.number }),
        expect.objectContaining({
          action: 'signal-filed',
          signal: number,
          organisation: 'Jeugdgezondheidszorg Amersfoort',
        }),
        expect.objectContaining({ action: 'archive-told', signal: number }),
      ],
    });
    expect((await lines('subject-access-given')).map(({ fields }) => fields)).toEqual([{ signals: 2 }]);
  });

  it('says nothing of a brother or sister', async () => {
    const { number } = await file('mn-leerkracht', DAAN);
    await file('mn-jeugdarts', MILAN);
    await node.told();
    expect(await lines('match-notified')).not.toEqual([]);
    const shown = await overview(DAAN.bsn);
    expect(shown).toMatchObject({
      signals: [{ number }],
      logbook: [{ action: 'signal-filed', signal: number }],
    });
    expect(JSON.stringify(shown)).not.toContain('Amersfoort');
    const filed = await file('mn-jeugdarts', DAAN);
    expect(await overview(DAAN.bsn)).toMatchObject({
      signals: [{ number }, { number: filed.number }],
      logbook: expect.arrayContaining([
        expect.objectContaining({ action: 'match-notified', signal: number }),
      ]),
    });
  });

  it('is shown to no process manager who has nothing to do with it, in the same words as when there is nothing', async () => {
    await file('mn-leerkracht', SANNE);
    expect(await overview(SANNE.bsn, 'mn-procesmanager-zeist')).toEqual(EMPTY);
    expect(await overview(MILAN.bsn)).toEqual(EMPTY);
  });

  it.each(['mn-leerkracht', 'mn-beheerder', 'mn-coordinator'])('is not shown to %s', async (subject) => {
    const agent = await node.as(subject);
    await agent.post('/subject-access/_overview').send({ bsn: SANNE.bsn }).expect(403);
    await agent.post('/subject-access/_erase').send({ bsn: SANNE.bsn }).expect(403);
  });

  it('is no way to look youths up: whoever asks too often in a day is stopped until the next', async () => {
    const manager = await node.as('mn-procesmanager');
    const ask = () => manager.post('/subject-access/_overview').send({ bsn: MILAN.bsn });
    const answers = await Promise.all(Array.from({ length: 12 }, ask));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), 429, 429]);
    expect((await ask()).body).toMatchObject({ code: 'too-many-access-requests' });
    node.clock.set(new Date('2026-11-24T23:00:00Z'));
    await overview(MILAN.bsn);
  });

  it('is asked for by a valid BSN', async () => {
    const manager = await node.as('mn-procesmanager');
    const { body } = await manager.post('/subject-access/_overview').send({ bsn: '123456789' }).expect(400);
    expect(body.invalidParams).toMatchObject([{ name: 'bsn' }]);
  });
});

describe('what the college decided to erase', () => {
  it('is gone, archive included, and leaves in the logbook that it was erased on request', async () => {
    await end('mn-leerkracht', await file('mn-leerkracht', SANNE));
    await file('mn-leerkracht', SANNE);
    await file('mn-internbegeleider', SANNE);
    await file('mn-leerkracht', DAAN);
    expect(await counts()).toEqual([3, 1]);
    await erase(SANNE.bsn);
    expect(await counts()).toEqual([1, 0]);
    expect(await overview(SANNE.bsn)).toEqual(EMPTY);
    expect((await lines('signal-ended')).map(({ fields }) => fields.cause)).toEqual([
      undefined,
      ...['erased-on-request', 'erased-on-request'],
    ]);
  });
  it('leaves alone what another college decides about, though the youth lives here', async () => {
    await file('mn-leerkracht', SANNE);
    const { number } = await file('mn-jeugdarts', SANNE);
    expect(await previewed(SANNE.bsn)).toMatchObject({
      elsewhere: [{ number, organisation: 'Jeugdgezondheidszorg Amersfoort', municipality: 'Amersfoort' }],
    });
    await erase(SANNE.bsn);
    expect(await overview(SANNE.bsn)).toMatchObject({ signals: [{ number }] });
    await erase(SANNE.bsn, 'mn-procesmanager-amersfoort');
    expect(await counts()).toEqual([0, 0]);
  });
  it('stays when the process manager has nothing to do with it, who is told nothing else', async () => {
    await file('mn-leerkracht', SANNE);
    const nothing = { signals: [], archived: [], elsewhere: [] };
    expect(await previewed(SANNE.bsn, 'mn-procesmanager-zeist')).toEqual(nothing);
    expect(await previewed(DAAN.bsn)).toEqual(nothing);
    const { preview } = await previewed(SANNE.bsn);
    for (const [subject, { bsn }] of [
      ['mn-procesmanager-zeist', SANNE],
      ['mn-procesmanager', DAAN],
    ] as const) {
      const act = { bsn, preview, decidedOn: '2026-11-20' };
      await (await node.as(subject)).post('/subject-access/_erase').send(act).expect(409);
    }
    expect(await counts()).toEqual([1, 0]);
  });
});
