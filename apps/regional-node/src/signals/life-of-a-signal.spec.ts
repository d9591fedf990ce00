import { empty } from '../../../../test/database/empty.js';
import { Bsn } from '#libs/bsn';
import { dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import { Archive, ArchivedSignal } from '../archive/index.js';
import { AuditLine } from '../audit/index.js';
import { Mail } from '../mails/index.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type Agent, type TestNode } from '../../test/test-node.js';
import { Signal, Youth, YouthParent, YouthRecords } from '../youths/index.js';
import { WorkRunner } from '../scheduled-work/index.js';
import { RegisterVerification } from './index.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const DAAN = { bsn: '999910036', birthDate: '2011-06-02' };

let register: RegisterProcess;
let node: TestNode;
/** Sessions end when time passes, so each request has a new one. */
const teacher = () => node.as('mn-leerkracht');
const guardian = () => node.as('mn-jeugdzorg');
beforeAll(async () => {
  register = await new RegisterProcess().start();
  node = await startNode({ PERSON_REGISTER_URL: register.url, VERIFICATIONS_PER_MINUTE: '1000000' });
});
beforeEach(async () => {
  node.clock.set(new Date('2026-11-24T10:00:00Z'));
  await empty(
    node.dataSource,
    'signal, youth, youth_parent, handle, move, archived_signal, match_notice, mail, audit_line, scheduled_work',
  );
  // like a node that has been running
  await node.app.get(WorkRunner, { strict: false }).look();
});
afterAll(async () => {
  await node?.stop();
  await register?.stop();
});
/** The population as it was. */
async function restartRegister(): Promise<void> {
  await register.stop();
  await register.start();
}

interface Filed {
  id: string;
  number: string;
  removalDate: string;
}
const file = async (who: () => Promise<Agent>, youth: object): Promise<Filed> =>
  (await (await who()).post('/signals').send({ youth, informed: 'yes' }).expect(201)).body as Filed;
const end = async (who: () => Promise<Agent>, { id }: Filed, reason: string, status = 204) =>
  (await who()).post(`/signals/${id}/_end`).send({ reason }).expect(status);
/** Mails about signals, not the yearly question whether one's contact details are right. */
const subjects = async (): Promise<string[]> => {
  await node.told();
  return (await node.dataSource.manager.find(Mail, { order: { createdAt: 'asc', subject: 'asc' } }))
    .map(({ subject, toAddress }) => `${toAddress.split('@')[0]}: ${subject.replace(/^.*?: /, '')}`)
    .filter((line) => !line.includes('contactgegevens'));
};
const causes = async () =>
  (
    await node.dataSource.manager.find(AuditLine, { where: { action: 'signal-ended' }, order: { id: 'asc' } })
  ).map(({ fields }) => fields.cause);
/** Lets time pass, and has all scheduled work done that is due then. */
async function at(day: string, time = '12:00'): Promise<void> {
  node.clock.set(momentInAmsterdam(day, time));
  await node.app.get(WorkRunner, { strict: false }).look();
}
const counts = async () => ({
  signals: await node.dataSource.manager.count(Signal),
  archived: await node.dataSource.manager.count(ArchivedSignal),
});

describe('a signal that expires', () => {
  it('is announced thirty days before, once, and then removed and archived', async () => {
    await at('2026-11-24');
    const { removalDate } = await file(teacher, SANNE);
    expect(removalDate).toBe('2028-11-24');
    await at('2028-10-24');
    expect(await subjects()).toEqual([]);
    await at('2028-10-25', '06:59');
    expect(await subjects()).toEqual([]);
    await at('2028-10-25', '07:00');
    expect(await subjects()).toEqual([expect.stringMatching(/: uw signaal loopt af$/)]);
    await at('2028-10-26');
    expect(await subjects()).toHaveLength(1);
    await at('2028-11-23');
    expect(await counts()).toEqual({ signals: 1, archived: 0 });
    await at('2028-11-24', '00:00');
    expect(await counts()).toEqual({ signals: 0, archived: 1 });
    expect(await causes()).toEqual(['expired']);
  });

  it('is renewed as another signal in its last sixty days, and goes by the same name to others', async () => {
    const first = await file(teacher, SANNE);
    const other = await file(guardian, SANNE);
    const renew = async (status: number, id = first.id) =>
      (await teacher()).post(`/signals/${id}/_renew`).send({ informed: 'yes' }).expect(status);
    expect((await renew(409)).body.code).toBe('renewal-not-open');
    const { entryId } = await node.dataSource.manager.findOneByOrFail(Signal, { id: first.id });
    const before = (await subjects()).length;

    node.clock.set(momentInAmsterdam('2028-09-25', '12:00'));
    const second = (await renew(201)).body as Filed;
    expect(second.number).not.toBe(first.number);
    expect(second.removalDate).toBe('2030-09-25');
    expect(await node.dataSource.manager.findOneByOrFail(Signal, { id: second.id })).toMatchObject({
      ...{ entryId, remindedAt: null },
    });
    await (await teacher()).get(`/signals/${first.id}`).expect(404);
    expect(await subjects()).toHaveLength(before);
    expect(await counts()).toEqual({ signals: 2, archived: 0 });
    expect(await causes()).toEqual(['renewed']);
    await renew(404, other.id);
    await renew(404);
  });
});

describe('the archive', () => {
  it('tells whoever files next, once, and neither the earlier reporter nor oneself', async () => {
    const first = await file(teacher, SANNE);
    await end(teacher, first, 'risk-gone');
    expect(await counts()).toEqual({ signals: 0, archived: 1 });
    const again = await file(teacher, SANNE);
    expect(await subjects()).toEqual([]);
    await end(teacher, again, 'not-justified');
    expect(await counts()).toEqual({ signals: 0, archived: 1 });

    await file(guardian, SANNE);
    expect(await subjects()).toEqual(['dewi.pratiwi: eerdere signalen bij uw signaal']);
    const [{ id }] = (await node.dataSource.manager.find(Signal)) as [Signal];
    const earlier = async () =>
      (await (await guardian()).get(`/signals/${id}/earlier`).expect(200)).body as object[];
    expect(await earlier()).toMatchObject([{ organisation: expect.any(String), kind: 'school' }]);
    await (await teacher()).get(`/signals/${id}/earlier`).expect(404);
    node.clock.set(momentInAmsterdam('2026-12-08', '11:00'));
    expect(await earlier()).toEqual([]);
    await file(guardian, DAAN);
    expect(await subjects()).toHaveLength(1);
    const lines = await node.dataSource.manager.find(AuditLine, { where: { action: 'archive-told' } });
    expect(lines).toHaveLength(1);
  });

  it.each(['not-justified', 'wrong-youth'])('keeps nothing of what ended as %s', async (reason) => {
    await end(teacher, await file(teacher, SANNE), reason);
    expect(await counts()).toEqual({ signals: 0, archived: 0 });
  });

  it('is destroyed after five years, and not a day earlier', async () => {
    await end(teacher, await file(teacher, SANNE), 'risk-gone');
    await at('2031-11-23', '23:59');
    expect(await counts()).toEqual({ signals: 0, archived: 1 });
    await at('2031-11-24', '01:00');
    expect(await counts()).toEqual({ signals: 0, archived: 0 });
  });

  it('is destroyed on the 23rd birthday itself, however recently it was archived and with the register away', async () => {
    node.clock.set(momentInAmsterdam('2034-01-10', '12:00'));
    const filed = await file(teacher, SANNE);
    await register.stop();
    try {
      await at('2035-03-13', '23:30');
      await end(teacher, filed, 'risk-gone');
      await at('2035-03-13', '23:59');
      expect(await counts()).toEqual({ signals: 0, archived: 1 });
      await at('2035-03-14', '01:00');
      expect(await counts()).toEqual({ signals: 0, archived: 0 });
    } finally {
      await register.start();
    }
  });

  it('keeps the 23rd birthday of a youth from the age of 16, sealed, and of no younger one', async () => {
    const youth = async () => (await node.dataSource.manager.find(Youth))[0]!;
    const birthday = async () => node.app.get(YouthRecords, { strict: false }).birthday23Of(await youth());
    node.clock.set(momentInAmsterdam('2028-03-14', '12:00'));
    const filed = await file(teacher, SANNE);
    expect((await youth()).birthday23Sealed).toBeNull();
    expect(await birthday()).toBeUndefined();
    // the verification of the next night, on the day after the 16th birthday
    await at('2028-03-15');
    expect(await birthday()).toBe('2035-03-14');
    expect((await youth()).birthday23Sealed!.toString('latin1')).not.toContain('2035');
    await end(teacher, filed, 'risk-gone');
    const [archived] = await node.dataSource.manager.find(ArchivedSignal);
    expect(archived!.destroyOn).toBe('2033-03-15');
  });

  it('is destroyed earlier when the register brings the birth date forward, and never later', async () => {
    await end(teacher, await file(teacher, SANNE), 'risk-gone');
    const destroyOn = async () => (await node.dataSource.manager.find(ArchivedSignal))[0]!.destroyOn;
    const archive = node.app.get(Archive, { strict: false });
    const { manager } = node.dataSource;
    await archive.bringForward(manager, Bsn.parse(SANNE.bsn), '2030-05-01');
    expect(await destroyOn()).toBe('2030-05-01');
    await archive.bringForward(manager, Bsn.parse(SANNE.bsn), '2031-05-01');
    await archive.bringForward(manager, Bsn.parse(SANNE.bsn), undefined);
    await archive.bringForward(manager, Bsn.parse(DAAN.bsn), '2027-05-01');
    expect(await destroyOn()).toBe('2030-05-01');
    // what an older program archived without the birthday is put right by the next verification
    node.clock.set(momentInAmsterdam('2034-01-10', '12:00'));
    await manager.query(`update archived_signal set destroy_on = '2036-01-01'`);
    await at('2034-01-11');
    expect(await destroyOn()).toBe('2035-03-14');
  });

  it('is destroyed on request, and does not say whether there was anything', async () => {
    const manager = await node.as('mn-procesmanager');
    await end(teacher, await file(teacher, SANNE), 'risk-gone');
    const { preview } = (await manager.post('/archive/_preview-destruction').send({ bsn: SANNE.bsn })).body;
    const act = (bsn: string) =>
      manager.post('/archive/_destroy').send({ bsn, preview, decidedOn: '2026-11-20' });
    await act(DAAN.bsn).expect(409);
    expect(await counts()).toEqual({ signals: 0, archived: 1 });
    await act(SANNE.bsn).expect(204, {});
    expect(await counts()).toEqual({ signals: 0, archived: 0 });
    const { body } = await act('123456789').expect(400);
    expect(body.invalidParams).toMatchObject([{ name: 'bsn' }]);
  });
});

describe('the daily verification', () => {
  afterEach(restartRegister);
  const MOVED = { gemeenteVanInschrijving: '0307' };

  it('ends what is on a youth who died, and what the archive holds', async () => {
    await end(guardian, await file(guardian, SANNE), 'risk-gone');
    await file(teacher, SANNE);
    await file(teacher, DAAN);
    await register.change(SANNE.bsn, { overlijden: '2026-11-24' });
    await at('2026-11-25');
    expect(await counts()).toEqual({ signals: 1, archived: 0 });
    expect(await causes()).toEqual([undefined, 'deceased']);
  });

  it('ends what is on a youth on the 23rd birthday, and destroys what the archive holds', async () => {
    await end(guardian, await file(guardian, SANNE), 'risk-gone');
    node.clock.set(momentInAmsterdam('2034-01-10', '12:00'));
    await node.dataSource.query(`update archived_signal set destroy_on = '2036-01-01'`);
    expect((await file(teacher, SANNE)).removalDate).toBe('2035-03-14');
    await at('2035-03-13');
    expect(await counts()).toEqual({ signals: 1, archived: 1 });
    await at('2035-03-14');
    expect(await counts()).toEqual({ signals: 0, archived: 0 });
    expect(await causes()).toEqual([undefined, 'age']);
  });

  it('passes on a move to filer and process manager, without the municipality in the mail', async () => {
    const { id } = await file(teacher, SANNE);
    await register.change(SANNE.bsn, MOVED);
    await at('2026-11-25');
    expect(await subjects()).toEqual([
      expect.stringMatching(/: een jeugdige met een signaal is in uw gemeente komen wonen$/),
      expect.stringMatching(/: verhuizing bij uw signaal$/),
    ]);
    const { body } = await (await teacher()).get(`/signals/${id}`).expect(200);
    expect(body.moved).toMatchObject({ municipality: '0307' });
    const there = await node.as('mn-procesmanager-amersfoort');
    const { moves } = (await there.get('/moves').expect(200)).body as {
      moves: { id: string; signals: object[] }[];
    };
    expect(moves).toMatchObject([
      { signals: [{ number: body.number, email: expect.stringContaining('@') }] },
    ]);
    expect(JSON.stringify(moves)).not.toMatch(/Sanne|Voorbeeld|9999/);
    const elsewhere = await node.as('mn-procesmanager');
    expect((await elsewhere.get('/moves').expect(200)).body).toEqual({ moves: [] });
    await elsewhere.post(`/moves/${moves[0]!.id}/_placed`).expect(404);
    await there.post(`/moves/${moves[0]!.id}/_placed`).expect(204);
    expect((await there.get('/moves').expect(200)).body).toEqual({ moves: [] });
    await at('2026-11-26');
    expect(await subjects()).toHaveLength(2);
  });

  it('tells nothing of a move to a protected address, and forgets an earlier one', async () => {
    const { id } = await file(teacher, SANNE);
    await register.change(SANNE.bsn, MOVED);
    await at('2026-11-25');
    const before = await subjects();
    await register.change(SANNE.bsn, {
      gemeenteVanInschrijving: '0344',
      geheimhouding: true,
    });
    await at('2026-11-26');
    // the process manager who was told of the earlier one is told that it is over
    const over = 'leo.dekker: een verhuizing naar uw gemeente hoeft u niet meer op te volgen';
    expect(await subjects()).toEqual([...before, over]);
    expect((await (await teacher()).get(`/signals/${id}`).expect(200)).body).not.toHaveProperty('moved');
    expect(await node.dataSource.manager.find(Youth)).toMatchObject([
      { municipality: null, isProtected: true },
    ]);
  });

  it('has the record follow when the register names other parents', async () => {
    await file(teacher, SANNE);
    const [youth] = await node.dataSource.manager.find(Youth);
    await node.dataSource.manager.insert(YouthParent, {
      youthId: youth!.id,
      parentIndex: Buffer.alloc(32, 7),
    });
    await at('2026-11-25');
    const parents = await node.dataSource.manager.find(YouthParent);
    expect(parents).toHaveLength(2);
    expect(parents.some(({ parentIndex }) => parentIndex.equals(Buffer.alloc(32, 7)))).toBe(false);
  });

  it('goes on where it was when the register was down', async () => {
    await file(teacher, SANNE);
    await register.stop();
    node.clock.set(momentInAmsterdam('2026-11-25', '12:00'));
    const verification = node.app.get(RegisterVerification, { strict: false });
    await expect(verification.run(() => false)).rejects.toThrow();
    await register.start();
    expect(await verification.run(() => false)).toBe(1);
    expect(await verification.run(() => false)).toBe(0);
    expect(dayInAmsterdam((await node.dataSource.manager.find(Youth))[0]!.verifiedAt)).toBe('2026-11-25');
  });
});
