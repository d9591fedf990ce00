import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Mailbox } from '../../test/mailbox.js';
import { RegisterProcess } from '../../test/register-process.js';
import { startNode, type TestNode } from '../../test/test-node.js';
import { Professional } from '../directory/index.js';
import { Mail } from '../mails/index.js';
import { Signal } from '../youths/index.js';
import { MatchNotice } from './match-notice.entity.js';
import { Scenes } from './scenes.js';

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const NOAH = { withoutBsn: true, surname: 'Voorbeeldman', birthDate: '2014-05-01', sex: 'M' };
const OLGA = 'mn-jeugdverpleegkundige';
const TEAM = 'buurtteam-utrecht';
const HEALTH = 'jgz-amersfoort';
const AT_TEAM = 'olga.verhoef@utrecht.voorbeeld.example';
const BART = 'bart.jansen@utrecht.voorbeeld.example';
const AT_HEALTH = 'olga.verhoef@amersfoort.voorbeeld.example';

let register: RegisterProcess;
let mailbox: Mailbox;
let node: TestNode;
beforeAll(async () => {
  register = await new RegisterProcess().start();
  mailbox = await new Mailbox().start();
});
beforeEach(async () => {
  mailbox.mails.length = 0;
  node = await startNode({ PERSON_REGISTER_URL: register.url, SMTP_URL: mailbox.url });
});
afterEach(() => node.stop());
afterAll(async () => {
  await mailbox.stop();
  await register.stop();
});

const file = async (subject: string, organisation?: string, youth: object = SANNE) =>
  (await (await node.as(subject, organisation)).post('/signals').send({ youth, informed: 'yes' }).expect(201))
    .body as { id: string; number: string };
const matchesOf = async (subject: string, organisation?: string) =>
  (await (await node.as(subject, organisation)).get('/matches').expect(200)).body as {
    signalNumber: string;
    youLead: boolean;
    involved: { name: string; email: string; organisation: string }[];
    possible: unknown[];
  }[];
const mails = async (count: number) => {
  await node.told();
  await mailbox.has(count);
  return mailbox.mails.map(({ to, text }) => ({ to: [to!].flat()[0]!.text, text: text ?? '' }));
};
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('a person with signals under two designations', () => {
  it('who meets only themselves has no match, mail, waiting match or entry in the queue', async () => {
    await file(OLGA, TEAM);
    await file(OLGA, HEALTH);
    expect([await matchesOf(OLGA, TEAM), await matchesOf(OLGA, HEALTH)]).toEqual([[], []]);
    expect(await node.dataSource.manager.count(MatchNotice)).toBe(0);
    for (const manager of ['mn-procesmanager', 'mn-procesmanager-amersfoort'])
      expect((await (await node.as(manager)).get('/match-queue').expect(200)).body).toEqual([]);
    await node.dataSource.manager.update(
      Professional,
      { subject: OLGA },
      { roles: ['professional', 'coordinator'] },
    );
    for (const organisation of [TEAM, HEALTH])
      expect((await (await node.as(OLGA, organisation)).get('/waiting-matches').expect(200)).body).toEqual(
        [],
      );
    await node.told();
    expect(mailbox.mails).toEqual([]);
  });

  it('is mailed once about a third person, who is mailed once and reads them once', async () => {
    const numbers = [(await file(OLGA, HEALTH)).number, (await file(OLGA, TEAM)).number];
    await file('mn-leerkracht');
    const sent = await mails(2);
    expect(sent.map(({ to }) => to).sort()).toEqual(['anna.de.wit@utrecht.voorbeeld.example', AT_HEALTH]);
    const toTeacher = sent.find(({ to }) => to.startsWith('anna'))!.text;
    expect([
      times(toTeacher, 'Olga Verhoef'),
      times(toTeacher, AT_TEAM),
      times(toTeacher, AT_HEALTH),
    ]).toEqual([1, 1, 1]);
    const toOlga = sent.find(({ to }) => to === AT_HEALTH)!.text;
    expect(toOlga).toContain(`bij uw signalen ${numbers.join(' en ')}`);
    expect(times(toOlga, 'Anna de Wit')).toBe(1);
    expect(toOlga).not.toContain('olga.verhoef@');
    for (const organisation of [TEAM, HEALTH])
      expect(
        (await matchesOf(OLGA, organisation)).map(({ involved }) => involved.map(({ name }) => name)),
      ).toEqual([['Anna de Wit']]);
    const [seen] = await matchesOf('mn-leerkracht');
    expect(seen!.involved.map(({ email }) => email).sort()).toEqual([AT_HEALTH, AT_TEAM]);
    await node.told();
    expect(mailbox.mails).toHaveLength(2);
  });

  it('does not match themselves through a brother or sister either', async () => {
    await file(OLGA, TEAM, { bsn: '999910206', birthDate: '2014-01-30' });
    await file(OLGA, HEALTH, { bsn: '999910218', birthDate: '2014-01-30' });
    expect([await matchesOf(OLGA, TEAM), await matchesOf(OLGA, HEALTH)]).toEqual([[], []]);
  });

  it('does not match themselves on a youth without BSN, not even possibly', async () => {
    await file(OLGA, TEAM, NOAH);
    await file(OLGA, HEALTH, NOAH);
    expect([await matchesOf(OLGA, TEAM), await matchesOf(OLGA, HEALTH)]).toEqual([[], []]);
    await file('mn-leerkracht', undefined, NOAH);
    expect((await matchesOf(OLGA, TEAM))[0]!.possible).toHaveLength(1);
    expect((await matchesOf('mn-leerkracht'))[0]!.possible).toHaveLength(2);
  });

  it('who is the process manager too leads as one, is mailed once and never told of themselves', async () => {
    const SCHOOL = 'basisschool-de-linde';
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-internbegeleider' },
      { subject: 'mn-procesmanager' },
    );
    await file('mn-procesmanager', SCHOOL);
    await file('mn-leerkracht');
    const [match] = await matchesOf('mn-procesmanager', SCHOOL);
    const { matchregisseur } = match as unknown as { matchregisseur: { email: string } };
    expect([match!.youLead, matchregisseur.email]).toEqual([true, 'karin.vos@utrecht.voorbeeld.example']);
    const sent = await mails(2);
    expect(sent.map(({ to }) => to).sort()).toEqual(['anna.de.wit@utrecht.voorbeeld.example', BART]);
    const own = sent.find(({ to }) => to === BART)!.text;
    expect(own).toContain('Matchregisseur: dat bent u.');
    expect(own).not.toMatch(/bart\.jansen@|karin\.vos@/);
  });

  it('is still matched by the others when one of the two signals ends', async () => {
    const { id } = await file(OLGA, HEALTH);
    await file(OLGA, TEAM);
    await file('mn-leerkracht');
    await mails(2);
    await (
      await node.as(OLGA, HEALTH)
    )
      .post(`/signals/${id}/_end`)
      .send({ reason: 'not-justified' })
      .expect(204);
    await node.told();
    const [seen] = await matchesOf('mn-leerkracht');
    expect(seen!.involved.map(({ email }) => email)).toEqual([AT_TEAM]);
    expect((await matchesOf(OLGA, TEAM))[0]!.involved).toHaveLength(1);
  });

  it('hears of the match for the one organisation when the mail has not left and they leave the other', async () => {
    const refusal = jest.fn(() => {
      throw Object.assign(new Error('not now'), { responseCode: 451 });
    });
    mailbox.accept = refusal;
    const { id } = await file(OLGA, HEALTH);
    await file(OLGA, TEAM);
    await file('mn-leerkracht');
    await node.told();
    for (let tries = 0; refusal.mock.calls.length < 2 && tries < 1000; tries += 1) await pause(25);
    await (
      await node.as(OLGA, HEALTH)
    )
      .post(`/signals/${id}/_end`)
      .send({ reason: 'not-justified' })
      .expect(204);
    await node.told();
    const queued = await node.dataSource.manager.findBy(Mail, { state: 'queued' });
    mailbox.accept = () => undefined;
    expect(queued.map(({ toAddress }) => toAddress).sort()).toContain(AT_TEAM);
  });

  it('is not told by the archive of what they themselves had under the other designation', async () => {
    const { id } = await file(OLGA, HEALTH);
    await (await node.as(OLGA, HEALTH)).post(`/signals/${id}/_end`).send({ reason: 'risk-gone' }).expect(204);
    const { id: second } = await file(OLGA, TEAM);
    const { body } = await (await node.as(OLGA, TEAM)).get(`/signals/${second}/earlier`).expect(200);
    expect(JSON.stringify(body)).not.toContain('olga.verhoef@');
    const { id: other } = await file('mn-leerkracht');
    const told = await (await node.as('mn-leerkracht')).get(`/signals/${other}/earlier`).expect(200);
    expect(JSON.stringify(told.body)).toContain(AT_HEALTH);
  });

  it('is known in other regions under all their addresses, but for one that somebody else has too', async () => {
    const identities = async () => {
      const { youthId } = await node.dataSource.manager.findOneByOrFail(Signal, { number });
      const { youths } = await node.app.get(Scenes, { strict: false }).of(node.dataSource.manager, [youthId]);
      return [...youths[0]!.entries[0]!.identities].sort();
    };
    const { number } = await file(OLGA, TEAM);
    expect(await identities()).toEqual([`Olga Verhoef\n${AT_HEALTH}`, `Olga Verhoef\n${AT_TEAM}`]);
    const email = AT_TEAM.toUpperCase();
    await node.dataSource.manager.update(Professional, { subject: 'mn-leerkracht' }, { email });
    expect(await identities()).toEqual([`Olga Verhoef\n${AT_HEALTH}`]);
  });
});
