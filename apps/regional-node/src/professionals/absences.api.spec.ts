import { Mailbox } from '../../test/mailbox.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Absence, Professional } from '../directory/index.js';
import { Mail } from '../mails/index.js';
import { Signal } from '../youths/index.js';
import { AbsenceWork } from './index.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked at as they come
type Body = any;

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const MILAN = { bsn: '999910048', birthDate: '2015-09-21' };

let register: RegisterProcess;
let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  mailbox = await new Mailbox().start();
});
afterAll(async () => {
  await register.stop();
  await mailbox.stop();
});
beforeEach(async () => {
  mailbox.mails.length = 0;
  node = await startNode({
    PERSON_REGISTER_URL: register.url,
    SMTP_URL: mailbox.url,
    LEAD_PATIENCE_SECONDS: '0',
  });
});
afterEach(() => node.stop());

const idOf = async (subject: string) =>
  (await node.dataSource.manager.findOneByOrFail(Professional, { subject })).id;
const post = async (subject: string, path: string, body: object, status: number): Promise<Body> =>
  (await (await node.as(subject)).post(path).send(body).expect(status)).body;
const file = (subject: string, youth: object) =>
  post(subject, '/signals', { youth, informed: 'yes' }, 201) as Promise<{
    id: string;
    number: string;
  }>;
const matchesOf = async (subject: string): Promise<Body[]> =>
  (await (await node.as(subject)).get('/matches').expect(200)).body;
const plan = async (by: string, of: string, absence: object, status = 200) =>
  post(by, `/professionals/${await idOf(of)}/_plan-absence`, absence, status);
const work = () => node.app.get(AbsenceWork, { strict: false }).run(() => false);
const today = '2026-11-24';
/** Waits until every mail has left, and gives the texts of those to an address since the last time. */
const mailsTo = async (name: string): Promise<string[]> => {
  await node.told();
  for (let tries = 0; await node.dataSource.manager.existsBy(Mail, { state: 'queued' }); tries += 1) {
    if (tries > 10_000) throw new Error('mails stay behind');
    await new Promise((next) => setTimeout(next, 25));
  }
  const texts = mailbox.mails
    .filter(({ to }) => JSON.stringify(to).includes(name))
    .map(({ text }) => text ?? '');
  return texts;
};

describe('an absent professional', () => {
  it('is stood in for by a colleague, who is told, is reached by others, and sees the matches', async () => {
    const { number } = await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    await mailsTo('dewi');
    mailbox.mails.length = 0;
    const replacement = await idOf('mn-internbegeleider');
    await plan('mn-coordinator', 'mn-leerkracht', { from: today, until: '2026-11-30', replacement });

    const [match] = await matchesOf('mn-jeugdzorg');
    expect(match.involved).toMatchObject([{ name: 'Bart Jansen', standsInFor: 'Anna de Wit' }]);
    const [theirs] = await matchesOf('mn-internbegeleider');
    expect(theirs).toMatchObject({ signalNumber: number, standingInFor: 'Anna de Wit', youLead: false });
    await post('mn-internbegeleider', `/matches/${theirs.involved[0].id}/_contact-made`, {}, 204);
    expect((await matchesOf('mn-jeugdzorg'))[0].involved[0]).toMatchObject({ contactMadeByThem: true });
    expect((await mailsTo('dewi')).join()).toContain(
      'Bart Jansen, Intern begeleider, Basisschool De Linde (neemt waar voor Anna de Wit)',
    );
    expect((await mailsTo('bart')).join()).toContain(
      `bij het signaal ${number} van Anna de Wit, voor wie u waarneemt`,
    );
    expect(await mailsTo('anna')).toEqual([expect.stringContaining('Bart Jansen neemt dan voor u waar')]);

    const list = (await (await node.as('mn-coordinator')).get('/professionals').expect(200)).body;
    expect(list.professionals[0]).toMatchObject({
      name: 'Anna de Wit',
      absence: { from: today, until: '2026-11-30', replacement },
    });
  });

  it('is told to others when the absence begins and when it is over, at midnight in Amsterdam', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    const replacement = await idOf('mn-internbegeleider');
    await plan('mn-leerkracht', 'mn-leerkracht', { from: '2026-11-26', until: '2026-11-27', replacement });
    const reached = async () => (await matchesOf('mn-jeugdzorg'))[0].involved[0].name as string;
    const at = async (moment: string) => {
      node.clock.set(new Date(moment));
      const seen = [await reached(), await work()];
      // what changes back before its mail has left is not told
      await mailsTo('dewi');
      return seen;
    };
    expect(await at('2026-11-25T22:59:59Z')).toEqual(['Anna de Wit', 0]);
    expect(await at('2026-11-25T23:00:00Z')).toEqual(['Bart Jansen', 1]);
    expect(await at('2026-11-27T22:59:59Z')).toEqual(['Bart Jansen', 0]);
    expect(await at('2026-11-27T23:00:00Z')).toEqual(['Anna de Wit', 1]);
    expect(await node.dataSource.manager.count(Absence)).toBe(0);
    expect(await matchesOf('mn-internbegeleider')).toEqual([]);
    const told = (await mailsTo('dewi')).slice(-2);
    expect([told[0]!.includes('- Bart Jansen,'), told[1]!.includes('- Bart Jansen,')]).toEqual([true, false]);
    expect(told[1]).toContain('Anna de Wit');
  });

  it('is reached again as long as the one who stands in is absent too', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    const replacement = await idOf('mn-internbegeleider');
    await plan('mn-leerkracht', 'mn-leerkracht', { from: today, until: '2026-12-31', replacement });
    await mailsTo('dewi');
    await plan('mn-internbegeleider', 'mn-internbegeleider', { from: today, until: today });
    await mailsTo('dewi');
    expect((await matchesOf('mn-jeugdzorg'))[0].involved).toMatchObject([{ name: 'Anna de Wit' }]);
    expect(await matchesOf('mn-internbegeleider')).toEqual([]);
    node.clock.set(new Date('2026-11-25T12:00:00Z'));
    await work();
    expect((await matchesOf('mn-jeugdzorg'))[0].involved).toMatchObject([{ name: 'Bart Jansen' }]);
    const told = await mailsTo('dewi');
    expect(told.slice(-3).map((text) => text.includes('- Bart Jansen,'))).toEqual([true, false, true]);
  });

  it('does not lead', async () => {
    await file('mn-jeugdzorg', SANNE);
    await file('mn-buurtteam', SANNE);
    const lead = async () => (await matchesOf('mn-buurtteam'))[0].matchregisseur.name as string;
    expect(await lead()).toBe('Dewi Pratiwi');
    await plan('mn-jeugdzorg', 'mn-jeugdzorg', { from: today, until: today });
    expect(await lead()).toBe('Hanna Smit');
    expect((await matchesOf('mn-buurtteam'))[0].involved[0].name).toBe('Dewi Pratiwi');
    await post('mn-jeugdzorg', `/professionals/${await idOf('mn-jeugdzorg')}/_end-absence`, {}, 204);
    expect(await lead()).toBe('Dewi Pratiwi');
  });

  it('is planned by themselves or their coordinator, with a designated colleague, for days to come', async () => {
    const colleague = await idOf('mn-internbegeleider');
    const elsewhere = await idOf('mn-jeugdzorg');
    const self = await idOf('mn-leerkracht');
    const coordinator = await idOf('mn-coordinator');
    const days = { from: today, until: today };
    await plan('mn-internbegeleider', 'mn-leerkracht', days, 404);
    await plan('mn-coordinator', 'mn-jeugdzorg', days, 404);
    for (const replacement of [self, elsewhere, coordinator]) {
      const { invalidParams } = await plan('mn-leerkracht', 'mn-leerkracht', { ...days, replacement }, 400);
      expect(invalidParams).toMatchObject([{ name: 'replacement' }]);
    }
    await plan('mn-leerkracht', 'mn-leerkracht', { from: today, until: '2026-11-23' }, 400);
    await plan('mn-leerkracht', 'mn-leerkracht', { from: '2026-11-01', until: '2026-11-23' }, 400);
    await plan('mn-leerkracht', 'mn-leerkracht', { ...days, reason: 'x' }, 400);
    expect(await node.dataSource.manager.count(Absence)).toBe(0);
    await plan('mn-leerkracht', 'mn-leerkracht', { ...days, replacement: colleague });
    await plan('mn-coordinator', 'mn-leerkracht', { from: today, until: '2026-12-01' });
    expect(await node.dataSource.manager.find(Absence)).toMatchObject([
      { until: '2026-12-01', replacementId: null },
    ]);
  });
});

describe('a professional who leaves', () => {
  const depart = async (of: string, body: object, status = 200) =>
    post('mn-coordinator', `/professionals/${await idOf(of)}/_depart`, body, status);

  it('takes along a reminder to inform somebody, which was for the filer alone', async () => {
    const answer = { youth: SANNE, informed: 'not-yet', remind: true };
    const { id } = await post('mn-leerkracht', '/signals', answer, 201);
    const { manager } = node.dataSource;
    expect((await manager.findOneByOrFail(Signal, { id })).informReminderUntil).not.toBeNull();
    await depart('mn-leerkracht', { handOverTo: await idOf('mn-internbegeleider') });
    expect((await manager.findOneByOrFail(Signal, { id })).informReminderUntil).toBeNull();
  });

  it('hands signals over to a colleague, except where that one has a signal already; matches follow', async () => {
    const handed = await file('mn-leerkracht', SANNE);
    const doubled = await file('mn-leerkracht', MILAN);
    await file('mn-internbegeleider', MILAN);
    await file('mn-jeugdzorg', SANNE);
    const handOverTo = await idOf('mn-internbegeleider');
    expect(await depart('mn-leerkracht', { handOverTo })).toEqual({
      ...{ handedOver: 1, ended: 1, waits: false },
    });
    const { manager } = node.dataSource;
    expect(await manager.findOneByOrFail(Signal, { id: handed.id })).toMatchObject({
      number: handed.number,
      professionalId: handOverTo,
    });
    expect(await manager.existsBy(Signal, { id: doubled.id })).toBe(false);
    expect((await matchesOf('mn-jeugdzorg'))[0].involved).toMatchObject([{ name: 'Bart Jansen' }]);
    expect((await mailsTo('bart')).join()).toContain(`uw signaal ${handed.number}`);
    const lines = await manager.find(AuditLine, { order: { id: 'asc' } });
    const actor = await idOf('mn-coordinator');
    expect(
      lines.filter((line) => line.actor === actor).map(({ action, fields }) => ({ action, ...fields })),
    ).toEqual([
      {
        action: 'signal-handed-over',
        signal: handed.number,
        from: await idOf('mn-leerkracht'),
        to: handOverTo,
      },
      { action: 'signal-ended', signal: doubled.number, cause: 'professional-departed' },
      {
        action: 'professional-departed',
        professional: await idOf('mn-leerkracht'),
        ...{ handedOver: 1, ended: 1 },
      },
    ]);
  });

  it('has no access any more, is not listed and not changed, and does not leave twice', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    const id = await idOf('mn-leerkracht');
    expect(await depart('mn-leerkracht', {})).toEqual({ handedOver: 0, ended: 1, waits: false });
    await (await node.as('mn-leerkracht')).get('/me').expect(403);
    const coordinator = await node.as('mn-coordinator');
    const { body } = await coordinator.get('/professionals').expect(200);
    expect(body.professionals.map(({ name }: Body) => name)).toEqual(['Bart Jansen', 'Carla Mulder']);
    await coordinator.patch(`/professionals/${id}`).send({ designated: true }).expect(404);
    await depart('mn-leerkracht', {}, 404);
    expect(await matchesOf('mn-jeugdzorg')).toEqual([]);
  });

  it('hands over to a designated colleague of the organisation only, and nothing is done otherwise', async () => {
    const { id } = await file('mn-leerkracht', SANNE);
    const leaving = await idOf('mn-leerkracht');
    for (const other of ['mn-leerkracht', 'mn-jeugdzorg', 'mn-coordinator']) {
      const { invalidParams } = await depart('mn-leerkracht', { handOverTo: await idOf(other) }, 400);
      expect(invalidParams).toMatchObject([{ name: 'handOverTo' }]);
    }
    await depart('mn-jeugdzorg', {}, 404);
    const { manager } = node.dataSource;
    expect((await manager.findOneByOrFail(Signal, { id })).professionalId).toBe(leaving);
    expect((await manager.findOneByOrFail(Professional, { id: leaving })).departedOn).toBeNull();
  });

  it('leaves no signal behind that was being filed at the same moment', async () => {
    const teacher = await node.as('mn-leerkracht');
    const id = await idOf('mn-leerkracht');
    await Promise.all([
      teacher.post('/signals').send({ youth: SANNE, informed: 'yes' }),
      teacher.post('/signals').send({ youth: MILAN, informed: 'yes' }),
      depart('mn-leerkracht', {}),
    ]);
    expect(await node.dataSource.manager.countBy(Signal, { professionalId: id })).toBe(0);
  });

  it('is nobody’s stand-in any more', async () => {
    await file('mn-leerkracht', SANNE);
    await file('mn-jeugdzorg', SANNE);
    const replacement = await idOf('mn-internbegeleider');
    await plan('mn-leerkracht', 'mn-leerkracht', { from: today, until: '2026-12-31', replacement });
    await mailsTo('dewi');
    await depart('mn-internbegeleider', {});
    expect((await matchesOf('mn-jeugdzorg'))[0].involved[0].name).toBe('Anna de Wit');
    const told = (await mailsTo('dewi')).at(-1)!;
    expect(told).not.toContain('- Bart Jansen,');
    expect(told).toMatch(/Niet meer betrokken:\n- Bart Jansen\n/);
  });
});
