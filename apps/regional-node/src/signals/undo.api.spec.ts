import { empty } from '../../../../test/database/empty.js';
import { AuditLine } from '../audit/index.js';
import { Professional } from '../directory/index.js';
import { Handle } from '../handles/index.js';
import { Mail } from '../mails/index.js';
import { Moves } from '../moves/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Signal, Youth } from '../youths/index.js';
import { SignalSharing } from './index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const NOON = new Date('2026-11-24T12:00:00Z');
const after = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1_000);

let register: RegisterProcess;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url, UNDO_SECONDS: '60' });
});
beforeEach(async () => {
  node.clock.set(NOON);
  await empty(
    node.dataSource,
    'signal, youth, handle, move, archived_signal, archive_question, erasure, match_notice, mail, audit_line, outbox_message, sent_letter',
  );
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});

interface Filed {
  id: string;
  number: string;
  sharesAt?: string;
}
const file = async (who: string, youth: object = SANNE): Promise<Filed> =>
  (await (await node.as(who)).post('/signals').send({ youth, informed: 'yes' }).expect(201)).body as Filed;
const end = async (who: string, { id }: Filed, reason: string, status = 204) =>
  (await node.as(who)).post(`/signals/${id}/_end`).send({ reason }).expect(status);
const share = async (who: string, { id }: Filed, status = 204) =>
  (await node.as(who)).post(`/signals/${id}/_share`).expect(status);
const shareDue = () => node.app.get(SignalSharing, { strict: false }).shareDue();
const matchesOf = async (who: string) =>
  (await (await node.as(who)).get('/matches').expect(200)).body as object[];
const mailsAbout = async (text: RegExp) => {
  await node.told();
  return (await node.dataSource.manager.find(Mail)).filter(({ subject }) => text.test(subject));
};

/** Everything that is kept or on its way, but for the signal itself, the logbook, what counts towards limits and who is logged in. */
async function rest(): Promise<Record<string, unknown>> {
  const tables = await node.dataSource.query<{ name: string }[]>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const ofSignal = [
    'signal',
    'signal_description',
    'youth',
    'youth_parent',
    'audit_line',
    'counted_look_up',
    'login_session',
    'scheduled_work',
  ];
  const rows: Record<string, unknown> = {};
  for (const { name } of tables.filter((table) => !ofSignal.includes(table.name)))
    rows[name] = await node.dataSource.query(`select * from ${name} order by 1`);
  return rows;
}

describe('a filing that is held', () => {
  it('is known to its filer alone, with the moment at which it is shared', async () => {
    await file('mn-jeugdzorg');
    await share('mn-jeugdzorg', { id: (await node.dataSource.manager.find(Signal))[0]!.id, number: '' });
    const before = await rest();
    // the record is older than what the person register says now
    await node.dataSource.query(`update youth set municipality = '0307', residence_as_of = '2011-01-01'`);
    const youth = await node.dataSource.manager.find(Youth);
    const filed = await file('mn-leerkracht');
    expect(filed.sharesAt).toBe(after(60).toISOString());
    expect(await rest()).toEqual(before);
    expect(await node.dataSource.manager.find(Youth)).toEqual(youth);
    expect(await matchesOf('mn-leerkracht')).toEqual([]);
    expect(await matchesOf('mn-jeugdzorg')).toEqual([]);
    const own = (await (await node.as('mn-leerkracht')).get('/signals').expect(200)).body as {
      signals: Filed[];
    };
    expect(own.signals).toMatchObject([{ number: filed.number, sharesAt: filed.sharesAt }]);
    expect(
      (await (await node.as('mn-leerkracht')).get(`/signals/${filed.id}/earlier`).expect(200)).body,
    ).toEqual([]);
  });

  it('that is undone has told nobody, and leaves two lines in the logbook', async () => {
    const before = await rest();
    const filed = await file('mn-leerkracht');
    node.clock.set(after(59));
    await shareDue();
    await end('mn-leerkracht', filed, 'undone');
    node.clock.set(after(600));
    await shareDue();
    expect(await rest()).toEqual(before);
    expect(await node.dataSource.manager.count(Youth)).toBe(0);
    const lines = await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
    expect(lines.filter(({ fields }) => fields.signal === filed.number).map(({ action }) => action)).toEqual([
      'signal-filed',
      'signal-ended',
    ]);
  });

  it('leaves nothing in the archive, for whatever reason it ends', async () => {
    const before = await rest();
    await end('mn-leerkracht', await file('mn-leerkracht'), 'risk-gone');
    expect(await rest()).toEqual(before);
  });

  it('is shared at its moment: handles begin, and who matches is told; then it is too late to undo', async () => {
    await share('mn-jeugdzorg', await file('mn-jeugdzorg'));
    const filed = await file('mn-leerkracht');
    node.clock.set(after(60));
    await shareDue();
    expect(await matchesOf('mn-jeugdzorg')).toHaveLength(1);
    expect(await mailsAbout(/match/)).toHaveLength(2);
    expect((await end('mn-leerkracht', filed, 'undone', 409)).body).toMatchObject({
      code: 'too-late-to-undo',
    });
    await end('mn-leerkracht', filed, 'wrong-youth');
    expect(await matchesOf('mn-jeugdzorg')).toEqual([]);
  });

  it('is shared now when its filer says so, once; for others it does not exist', async () => {
    const filed = await file('mn-leerkracht');
    await share('mn-jeugdzorg', filed, 404);
    await share('mn-leerkracht', filed);
    await share('mn-leerkracht', filed);
    expect(await node.dataSource.manager.count(Handle)).toBe(3);
    expect(await node.dataSource.manager.countBy(AuditLine, { action: 'signal-shared' })).toBe(1);
  });

  it('meets another one that is held when the second is shared', async () => {
    const first = await file('mn-jeugdzorg');
    const second = await file('mn-leerkracht');
    await share('mn-leerkracht', second);
    expect(await matchesOf('mn-leerkracht')).toEqual([]);
    await share('mn-jeugdzorg', first);
    expect(await matchesOf('mn-leerkracht')).toHaveLength(1);
  });

  it('is either shared or undone when both come at the same instant', async () => {
    for (let n = 0; n < 5; n += 1) {
      const filed = await file('mn-leerkracht');
      const sharing = node.app.get(SignalSharing, { strict: false });
      const agent = await node.as('mn-leerkracht');
      const [shared, undone] = await Promise.all([
        sharing.share(filed.id),
        agent.post(`/signals/${filed.id}/_end`).send({ reason: 'undone' }),
      ]);
      expect([shared, undone.status]).toEqual(shared ? [true, 409] : [false, 204]);
      if (shared) await end('mn-leerkracht', filed, 'wrong-youth');
    }
  });

  it('ends the tags of a youth when only a held signal is left, and begins them anew when that is shared', async () => {
    const other = await file('mn-jeugdzorg');
    await share('mn-jeugdzorg', other);
    const filed = await file('mn-leerkracht');
    await end('mn-jeugdzorg', other, 'not-justified');
    expect(await node.dataSource.manager.count(Handle)).toBe(0);
    await share('mn-leerkracht', filed);
    expect(await node.dataSource.manager.count(Handle)).toBe(3);
  });

  it('waits for its filer when it should have been shared long ago: it may come from a restored backup', async () => {
    const filed = await file('mn-leerkracht');
    node.clock.set(after(60 + 3_601));
    await shareDue();
    expect(await node.dataSource.manager.count(Handle)).toBe(0);
    const { email } = await node.dataSource.manager.findOneByOrFail(Professional, {
      subject: 'mn-leerkracht',
    });
    expect(await mailsAbout(/nog niet gedeeld/)).toMatchObject([{ toAddress: email }]);
    const { body } = await (await node.as('mn-leerkracht')).get(`/signals/${filed.id}`).expect(200);
    expect(body).toMatchObject({ waitsForYou: true });
    await shareDue();
    expect(await mailsAbout(/nog niet gedeeld/)).toHaveLength(1);
    await share('mn-leerkracht', filed);
    expect(await node.dataSource.manager.count(Handle)).toBe(3);
  });

  it('is in no overview of what is kept about the youth, until it is shared', async () => {
    const overview = async () =>
      (await (await node.as('mn-procesmanager')).post('/subject-access/_overview').send({ bsn: SANNE.bsn }))
        .body as { signals: { number: string }[] };
    const filed = await file('mn-leerkracht');
    expect((await overview()).signals).toEqual([]);
    await share('mn-leerkracht', filed);
    expect((await overview()).signals).toMatchObject([{ number: filed.number }]);
  });

  it('has its filer told nothing of a move, until it is shared', async () => {
    const filed = await file('mn-leerkracht');
    const youth = await node.dataSource.manager.findOneByOrFail(Youth, {});
    const before = { ...youth, municipality: '0307', residenceAsOf: '2020-01-01' };
    const follow = () =>
      node.dataSource.transaction((manager) =>
        node.app.get(Moves, { strict: false }).follow(manager, before, { ...youth }),
      );
    await follow();
    expect((await mailsAbout(/verhuizing bij uw signaal/)).length).toBe(0);
    await share('mn-leerkracht', filed);
    await follow();
    expect((await mailsAbout(/verhuizing bij uw signaal/)).length).toBe(1);
  });

  it('keeps its term from the day of filing', async () => {
    const filed = await file('mn-leerkracht');
    node.clock.set(after(30));
    await share('mn-leerkracht', filed);
    const signal = await node.dataSource.manager.findOneByOrFail(Signal, { id: filed.id });
    expect(signal).toMatchObject({
      filedAt: NOON,
      removalDate: '2028-11-24',
      sharesAt: null,
      sharingSealed: null,
    });
  });
});

describe('a filing without BSN that is held', () => {
  const described = { withoutBsn: true, surname: 'Voorbeeld', birthDate: '2013-05-05', sex: 'V' };
  it('finds nobody until it is shared', async () => {
    await share('mn-jeugdzorg', await file('mn-jeugdzorg', described));
    const filed = await file('mn-leerkracht', described);
    expect(await matchesOf('mn-jeugdzorg')).toEqual([]);
    await share('mn-leerkracht', filed);
    expect(await matchesOf('mn-jeugdzorg')).toHaveLength(1);
  });
});
