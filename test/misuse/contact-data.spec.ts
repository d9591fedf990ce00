import { readFileSync } from 'node:fs';
import { demoFile } from '../../apps/regional-node/test/demo-file.js';
import { operate } from '../../apps/regional-node/src/operator/index.js';
import { AuditLine } from '../../apps/regional-node/src/audit/index.js';
import { Organisation, Professional } from '../../apps/regional-node/src/directory/index.js';
import { Mail } from '../../apps/regional-node/src/mails/index.js';
import { MatchMails, MatchNotice } from '../../apps/regional-node/src/matches/index.js';
import { Signal } from '../../apps/regional-node/src/youths/index.js';
import { PersonConfirmations } from '../../apps/regional-node/src/professionals/index.js';
import { Mailbox } from '../../apps/regional-node/test/mailbox.js';
import { RegisterProcess } from '../../apps/regional-node/test/register-process.js';
import {
  createNodeDatabase,
  environmentFor,
  startNode,
  type TestNode,
} from '../../apps/regional-node/test/test-node.js';
import type { TestDatabase } from '../database/test-database.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked at as they come
type Body = any;

const SANNE = { bsn: '999910000', birthDate: '2012-03-14' };
const SCHOOL = 'basisschool-de-linde';
const ANNA = 'anna.de.wit@utrecht.voorbeeld.example';
/** Where a coordinator or an operator would like to read the matches of somebody else. */
const ELSEWHERE = 'carla.thuis@elders.voorbeeld.example';
const HEADER = 'subject,name,function,phone,email,organisation,designated';
const TODAY = '2026-11-24';

let register: RegisterProcess;
let mailbox: Mailbox;
let database: TestDatabase;
let environment: Record<string, string>;
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
  database = await createNodeDatabase();
  environment = {
    ...environmentFor(database.url),
    PERSON_REGISTER_URL: register.url,
    SMTP_URL: mailbox.url,
    LEAD_PATIENCE_SECONDS: '0',
  };
  node = await startNode(environment, database);
});
afterEach(async () => {
  await node.stop();
  await database.drop();
});

const find = (subject: string) => node.dataSource.manager.findOneByOrFail(Professional, { subject });
const idOf = async (subject: string) => (await find(subject)).id;
const get = async (by: string, path: string): Promise<Body> =>
  (await (await node.as(by)).get(path).expect(200)).body;
const post = async (by: string, path: string, body: object, status: number): Promise<Body> =>
  (await (await node.as(by)).post(path).send(body).expect(status)).body;
const file = (by: string, youth: object = SANNE) => post(by, '/signals', { youth, informed: 'yes' }, 201);
const change = async (of: string, fields: object, status = 200): Promise<Body> =>
  (
    await (
      await node.as('mn-coordinator')
    )
      .patch(`/professionals/${await idOf(of)}`)
      .send(fields)
      .expect(status)
  ).body;
const enter = (by: string, ...lines: string[]) =>
  post(by, '/professionals/_import', { csv: [HEADER, ...lines].join('\n') }, 200);
const changeOf = async (subject: string): Promise<Body> => (await get(subject, '/me')).contactChanges[0];
const proposals = async (by: string): Promise<Body[]> => (await get(by, '/person-proposals')).proposals;
const actions = async (action: AuditLine['action']) =>
  (await node.dataSource.manager.findBy(AuditLine, { action })).map(({ actor, fields }) => ({
    actor,
    ...fields,
  }));
/** Says after logging in that the first contact details are right. */
const confirmOwn = async (subject: string) =>
  post(subject, `/professionals/${await idOf(subject)}/_confirm-contact`, {}, 200);
/** Waits until every mail has left, and gives those to an address. */
async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  await node.told();
  for (let tries = 0; await node.dataSource.manager.existsBy(Mail, { state: 'queued' }); tries += 1) {
    if (tries > 10_000) throw new Error('mails stay behind');
    await new Promise((next) => setTimeout(next, 25));
  }
  return mailbox.mails
    .filter(({ to }) => JSON.stringify(to).includes(address))
    .map(({ subject = '', text = '' }) => ({ subject, text }));
}
/** A match in which the teacher is involved, told to all; what came of it is forgotten. */
async function aMatch(): Promise<void> {
  await file('mn-leerkracht');
  await file('mn-jeugdzorg');
  await mailsTo(ANNA);
  mailbox.mails.length = 0;
}
const NEWS = /^Beste lezer,\n\nEr is nieuws voor u\. Log in om het te lezen: http:\/\/127\.0\.0\.1:8080\n\n/;

describe('a mail address that a coordinator changes', () => {
  it('gets no match: mails go on to the confirmed one', async () => {
    await aMatch();
    await change('mn-leerkracht', { email: ELSEWHERE });
    await file('mn-buurtteam');
    expect((await mailsTo(ANNA)).map(({ text }) => text).join()).toContain('Hanna Smit');
    const there = await mailsTo(ELSEWHERE);
    expect(there.map(({ text }) => text).join()).not.toMatch(/Dewi|Hanna|MN-2026|match/i);
  });

  it('is told to the old and the new address in one line each: no name, number or address in it', async () => {
    await change('mn-leerkracht', { email: ELSEWHERE, phone: '030-999 99 99' });
    for (const address of [ANNA, ELSEWHERE]) {
      const mails = await mailsTo(address);
      expect(mails).toHaveLength(1);
      expect(mails[0]!.subject).toBe('Verwijsindex Midden Nederland: er is nieuws voor u');
      expect(mails[0]!.text).toMatch(NEWS);
      expect(mails[0]!.text).not.toMatch(/Anna|Carla|@|030-|MN-/);
    }
  });

  it('is not on cards, and neither is a changed telephone number: others see the confirmed ones', async () => {
    await aMatch();
    await change('mn-leerkracht', { email: ELSEWHERE, phone: '030-999 99 99' });
    const [match] = await get('mn-jeugdzorg', '/matches');
    expect(match.involved).toMatchObject([{ phone: '030-000 00 01', email: ANNA }]);
    const { professionals } = await get('mn-coordinator', '/professionals');
    expect(professionals[0]).toMatchObject({ phone: '030-000 00 01', email: ANNA });
    expect(professionals[0].unconfirmed).toEqual(['phone', 'email']);
    expect(await mailsTo('dewi')).toEqual([]);
  });

  it('counts once its owner confirmed it after logging in, who sees what was changed and in which role', async () => {
    await aMatch();
    await change('mn-leerkracht', { email: ELSEWHERE, phone: '030-999 99 99' });
    const waiting = await changeOf('mn-leerkracht');
    expect(waiting).toEqual({
      ...{ id: expect.any(String) as string, organisation: 'Basisschool De Linde' },
      ...{ email: ELSEWHERE, phone: '030-999 99 99', changedBy: 'coordinator' },
      changedAt: '2026-11-24T10:00:00.000Z',
    });
    await post('mn-leerkracht', `/contact-changes/${waiting.id}/_confirm`, {}, 204);
    expect(await get('mn-leerkracht', '/me')).toMatchObject({
      ...{ phone: '030-999 99 99', email: ELSEWHERE, contactChanges: [] },
    });
    expect((await get('mn-jeugdzorg', '/matches'))[0].involved).toMatchObject([
      { phone: '030-999 99 99', email: ELSEWHERE },
    ]);
    await file('mn-buurtteam');
    expect((await mailsTo(ELSEWHERE)).map(({ text }) => text).join()).toContain('Hanna Smit');
    const owner = await idOf('mn-leerkracht');
    expect(await actions('contact-change-confirmed')).toEqual([
      { actor: owner, professional: owner, fields: ['phone', 'email'] },
    ]);
  });

  it('is gone once its owner rejected it', async () => {
    await change('mn-leerkracht', { email: ELSEWHERE });
    const { id } = await changeOf('mn-leerkracht');
    await post('mn-leerkracht', `/contact-changes/${id}/_reject`, {}, 204);
    expect(await get('mn-leerkracht', '/me')).toMatchObject({ email: ANNA, contactChanges: [] });
    await post('mn-leerkracht', `/contact-changes/${id}/_confirm`, {}, 404);
    expect(await actions('contact-change-rejected')).toHaveLength(1);
  });

  it('is confirmed by nobody else, and what is absent answers the same', async () => {
    await change('mn-leerkracht', { email: ELSEWHERE });
    const { id } = await changeOf('mn-leerkracht');
    const answers: string[] = [];
    for (const by of ['mn-coordinator', 'mn-beheerder', 'mn-internbegeleider'])
      for (const [each, what] of [
        [id, '_confirm'],
        [id, '_reject'],
        ['3b241101-e2bb-4255-8caf-4136c566a962', '_confirm'],
        ['geen', '_confirm'],
      ])
        answers.push(JSON.stringify(await post(by, `/contact-changes/${each}/${what}`, {}, 404)));
    expect(new Set(answers).size).toBe(1);
    await post('mn-coordinator', `/professionals/${await idOf('mn-leerkracht')}/_confirm-contact`, {}, 200);
    expect(await get('mn-leerkracht', '/me')).toMatchObject({ email: ANNA, contactChanges: [{ id }] });
  });

  it('is not confirmed by a click on an earlier change: what was seen is what counts', async () => {
    await change('mn-leerkracht', { email: 'a.de.wit@utrecht.voorbeeld.example' });
    const { id } = await changeOf('mn-leerkracht');
    await change('mn-leerkracht', { email: ELSEWHERE });
    await post('mn-leerkracht', `/contact-changes/${id}/_confirm`, {}, 404);
    expect((await find('mn-leerkracht')).email).toBe(ANNA);
    await change('mn-leerkracht', { email: ANNA });
    expect(await changeOf('mn-leerkracht')).toBeUndefined();
  });

  it('counts at once where somebody enters their own', async () => {
    const answer = await change('mn-coordinator', { phone: '030-111 11 11' });
    expect(answer).toMatchObject({ phone: '030-111 11 11', unconfirmed: [] });
    expect((await find('mn-coordinator')).phone).toBe('030-111 11 11');
  });
});

describe('a mail address that an operator imports', () => {
  it('waits for its owner too, whoever of the region that is', async () => {
    await aMatch();
    const line = `mn-leerkracht,Anna de Wit,Leerkracht groep 7,030-000 00 01,${ELSEWHERE},${SCHOOL},ja`;
    expect(await enter('mn-beheerder', line)).toMatchObject({ imported: true });
    expect((await enter('mn-beheerder', line)).lines).toMatchObject([{ outcome: 'unchanged' }]);
    await file('mn-buurtteam');
    expect((await mailsTo(ELSEWHERE)).map(({ text }) => text)).toEqual([expect.stringMatching(NEWS)]);
    expect(await changeOf('mn-leerkracht')).toMatchObject({ email: ELSEWHERE, changedBy: 'operator' });
  });
});

describe('the first mail address of somebody whom others enter', () => {
  const NEW = `mn-nieuw,Olga Prins,Leerkracht,030-000 00 20,${ELSEWHERE},${SCHOOL},ja`;

  it('gets nothing of theirs: they file, stand in and take over once they confirmed it', async () => {
    await enter('mn-coordinator', NEW);
    const refused = await post('mn-nieuw', '/signals', { youth: SANNE, informed: 'yes' }, 403);
    expect(refused.code).toBe('contact-unconfirmed');
    const [id, teacher] = [await idOf('mn-nieuw'), await idOf('mn-leerkracht')];
    const absence = { from: TODAY, until: TODAY, replacement: id };
    await post('mn-coordinator', `/professionals/${teacher}/_plan-absence`, absence, 400);
    await post('mn-coordinator', `/professionals/${teacher}/_depart`, { handOverTo: id }, 400);
    // the coordinator says that it is right, which is no word of its owner
    await post('mn-coordinator', `/professionals/${id}/_confirm-contact`, {}, 200);
    await post('mn-nieuw', '/signals', { youth: SANNE, informed: 'yes' }, 403);

    await confirmOwn('mn-nieuw');
    await file('mn-nieuw');
    await post('mn-coordinator', `/professionals/${teacher}/_plan-absence`, absence, 200);
  });

  it('gets no mail about the matches of a municipality whose process manager the operator entered', async () => {
    const { manager } = node.dataSource;
    await manager.update(
      Professional,
      { subject: 'mn-procesmanager' },
      { contactWaitsSince: node.clock.now(), email: ELSEWHERE },
    );
    // a school does not lead, so the process manager does
    await file('mn-leerkracht');
    await file('mn-internbegeleider');
    await node.app.get(MatchMails, { strict: false }).tellAll();
    expect(await manager.existsBy(Mail, { toAddress: ELSEWHERE })).toBe(false);
    const [notice] = await manager.findBy(MatchNotice, { receiverId: await idOf('mn-procesmanager') });
    expect(notice).toMatchObject({ told: null });
    await confirmOwn('mn-procesmanager');
    expect(await mailsTo(ELSEWHERE)).toHaveLength(1);
  });
});

describe('who reads the matches of a colleague', () => {
  const plan = async (by: string, of: string, replacement: string) =>
    post(
      by,
      `/professionals/${await idOf(of)}/_plan-absence`,
      { from: TODAY, until: '2026-11-30', replacement: await idOf(replacement) },
      200,
    );
  const depart = async (by: string, of: string, to: string) =>
    post(by, `/professionals/${await idOf(of)}/_depart`, { handOverTo: await idOf(to) }, 200);
  const matchesOf = (subject: string): Promise<Body[]> => get(subject, '/matches');
  beforeEach(async () => {
    await aMatch();
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-coordinator' },
      { roles: ['coordinator', 'professional'], designated: true },
    );
  });
  const secondCoordinator = () =>
    node.dataSource.manager.update(
      Professional,
      { subject: 'mn-internbegeleider' },
      { roles: ['coordinator', 'professional'] },
    );

  it('is not the coordinator who plans the absence, until a second person agreed', async () => {
    expect(await plan('mn-coordinator', 'mn-leerkracht', 'mn-coordinator')).toEqual({
      ...{ from: TODAY, until: '2026-11-30', standInWaits: true },
    });
    expect(await matchesOf('mn-coordinator')).toEqual([]);
    expect((await mailsTo('carla')).map(({ text }) => text).join()).not.toContain('Dewi');
    const [proposal] = await proposals('mn-coordinator');
    expect(proposal).toMatchObject({ kind: 'stand-in', mayConfirm: false, onMachine: false });
    await post('mn-coordinator', `/person-proposals/${proposal.id}/_confirm`, {}, 409);
    expect(await matchesOf('mn-coordinator')).toEqual([]);

    await post('mn-beheerder', `/person-proposals/${proposal.id}/_confirm`, {}, 204);
    expect(await matchesOf('mn-coordinator')).toMatchObject([{ standingInFor: 'Anna de Wit' }]);
    expect(await actions('stand-in-confirmed')).toEqual([
      {
        ...{ actor: await idOf('mn-beheerder'), professional: await idOf('mn-leerkracht') },
        ...{ replacement: await idOf('mn-coordinator'), proposedBy: await idOf('mn-coordinator') },
      },
    ]);
  });

  it('is not the coordinator who has a colleague leave, until a second coordinator agreed', async () => {
    const signals = () =>
      node.dataSource.manager.find(Signal, { select: { id: true, professionalId: true } });
    const before = await signals();
    expect(await depart('mn-coordinator', 'mn-leerkracht', 'mn-coordinator')).toEqual({
      ...{ handedOver: 0, ended: 0, waits: true },
    });
    expect(await signals()).toEqual(before);
    expect(await matchesOf('mn-coordinator')).toEqual([]);
    const [proposal] = await proposals('mn-coordinator');
    await post('mn-coordinator', `/person-proposals/${proposal.id}/_confirm`, {}, 409);

    await secondCoordinator();
    await post('mn-internbegeleider', `/person-proposals/${proposal.id}/_confirm`, {}, 204);
    expect(await matchesOf('mn-coordinator')).toHaveLength(1);
    expect((await find('mn-leerkracht')).departedOn).toBe(TODAY);
  });

  it('is told to the person concerned when a coordinator says who stands in, and is in the logbook', async () => {
    await plan('mn-coordinator', 'mn-leerkracht', 'mn-internbegeleider');
    expect((await mailsTo(ANNA)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Bart Jansen neemt dan voor u waar en ziet uw matches.'),
    ]);
    expect((await get('mn-leerkracht', '/me')).absence).toMatchObject({
      replacement: await idOf('mn-internbegeleider'),
    });
    expect(await actions('absence-planned')).toMatchObject([
      { actor: await idOf('mn-coordinator'), replacement: await idOf('mn-internbegeleider') },
    ]);
  });

  it('is told to the person concerned when a coordinator says who takes over, and is in the logbook', async () => {
    await depart('mn-coordinator', 'mn-leerkracht', 'mn-internbegeleider');
    expect((await mailsTo(ANNA)).map(({ text }) => text)).toEqual([
      expect.stringContaining('Bart Jansen heeft uw signalen overgenomen.'),
    ]);
    expect(await actions('signal-handed-over')).toMatchObject([
      { from: await idOf('mn-leerkracht'), to: await idOf('mn-internbegeleider') },
    ]);
  });

  it('is a colleague of choice, at once and untold, in an absence that somebody plans for themselves', async () => {
    expect(await plan('mn-leerkracht', 'mn-leerkracht', 'mn-internbegeleider')).toMatchObject({
      standInWaits: false,
    });
    expect(await matchesOf('mn-internbegeleider')).toHaveLength(1);
    expect((await mailsTo(ANNA)).map(({ text }) => text).join()).not.toContain('neemt dan voor u waar');
  });

  it('is nobody whom the absence or the proposal does not outlive: ended, withdrawn and somebody else’s', async () => {
    await plan('mn-coordinator', 'mn-leerkracht', 'mn-coordinator');
    const [first] = await proposals('mn-beheerder');
    await post('mn-leerkracht', `/professionals/${await idOf('mn-leerkracht')}/_end-absence`, {}, 204);
    await post('mn-beheerder', `/person-proposals/${first.id}/_confirm`, {}, 404);

    await plan('mn-coordinator', 'mn-leerkracht', 'mn-coordinator');
    const [second] = await proposals('mn-beheerder');
    await node.dataSource.manager.update(
      Professional,
      { subject: 'mn-jeugdzorg' },
      { roles: ['coordinator'] },
    );
    expect(await proposals('mn-jeugdzorg')).toEqual([]);
    for (const what of ['_confirm', '_withdraw']) {
      const other = await post('mn-jeugdzorg', `/person-proposals/${second.id}/${what}`, {}, 404);
      expect(other).toEqual(await post('mn-jeugdzorg', `/person-proposals/geen/${what}`, {}, 404));
    }
    await post('mn-beheerder', `/person-proposals/${second.id}/_withdraw`, {}, 204);
    expect(await proposals('mn-coordinator')).toEqual([]);
    expect(await matchesOf('mn-coordinator')).toEqual([]);
  });
});

describe('somebody whom an operator enters', () => {
  const NEW = `mn-nieuw,Olga Prins,Leerkracht,030-000 00 20,olga.prins@utrecht.voorbeeld.example,${SCHOOL},ja`;
  const files = async (by: string, status: number) =>
    post(by, '/signals', { youth: SANNE, informed: 'yes' }, status);
  const secondOperator = () =>
    node.dataSource.manager.update(Professional, { subject: 'mn-politie' }, { roles: ['operator'] });
  /** An organisation that signed and has nobody yet. */
  async function soloOrganisation(): Promise<string> {
    const { manager } = node.dataSource;
    const solo = { organisationId: 'kredietbank-zeist' };
    await manager.update(Professional, solo, { roles: [], designated: false, departedOn: TODAY });
    expect(await manager.existsBy(Organisation, { id: 'kredietbank-zeist' })).toBe(true);
    return `mn-alleen,Otto Been,Schuldhulpverlener,030-000 00 21,otto.been@zeist.voorbeeld.example,kredietbank-zeist,ja`;
  }

  it('files nothing until a coordinator of the organisation confirmed who is designated', async () => {
    await enter('mn-beheerder', NEW);
    await files('mn-nieuw', 403);
    const [proposal] = await proposals('mn-beheerder');
    expect(proposal).toMatchObject({
      kind: 'designation',
      person: { name: 'Olga Prins' },
      mayConfirm: false,
    });
    expect(proposal.onMachine).toBe(false);
    await secondOperator();
    for (const by of ['mn-beheerder', 'mn-politie'])
      await post(by, `/person-proposals/${proposal.id}/_confirm`, {}, 409);
    expect(await operate(['people', 'confirm', proposal.id], environment)).toMatchObject({ code: 1 });
    await files('mn-nieuw', 403);

    await post('mn-coordinator', `/person-proposals/${proposal.id}/_confirm`, {}, 204);
    await confirmOwn('mn-nieuw');
    await files('mn-nieuw', 201);
    expect(await actions('designation-confirmed')).toEqual([
      {
        ...{ actor: await idOf('mn-coordinator'), professional: await idOf('mn-nieuw') },
        proposedBy: await idOf('mn-beheerder'),
      },
    ]);
  });

  it('is not designated by an operator who changes somebody in the directory either', async () => {
    const trainee = await find('mn-stagiair');
    const { name, phone, email } = trainee;
    const line = `mn-stagiair,${name},${trainee.function},${phone},${email},${trainee.organisationId},ja`;
    await enter('mn-beheerder', line);
    await files('mn-stagiair', 403);
    expect(await proposals('mn-beheerder')).toMatchObject([{ kind: 'designation' }]);
    expect((await enter('mn-beheerder', line)).lines).toMatchObject([{ outcome: 'unchanged' }]);
    await enter('mn-beheerder', line.replace(/ja$/, 'nee'));
    expect(await proposals('mn-beheerder')).toEqual([]);
  });

  it('files at once when a coordinator entered them, who speaks for the organisation', async () => {
    await enter('mn-coordinator', NEW);
    await confirmOwn('mn-nieuw');
    await files('mn-nieuw', 201);
  });

  it('who works alone is confirmed by a second operator', async () => {
    await enter('mn-beheerder', await soloOrganisation());
    await files('mn-alleen', 403);
    await secondOperator();
    const [proposal] = await proposals('mn-politie');
    expect(proposal).toMatchObject({ mayConfirm: true, onMachine: false });
    await post('mn-beheerder', `/person-proposals/${proposal.id}/_confirm`, {}, 409);
    expect(await operate(['people', 'confirm', proposal.id], environment)).toMatchObject({ code: 1 });
    await post('mn-politie', `/person-proposals/${proposal.id}/_confirm`, {}, 204);
    await confirmOwn('mn-alleen');
    await files('mn-alleen', 201);
  });

  it('who works alone is confirmed by the command on the machine where there is one operator', async () => {
    await enter('mn-beheerder', await soloOrganisation());
    const [proposal] = await proposals('mn-beheerder');
    expect(proposal).toMatchObject({ mayConfirm: false, onMachine: true });
    expect(await operate(['people', 'confirm', proposal.id], environment)).toMatchObject({ code: 0 });
    await confirmOwn('mn-alleen');
    await files('mn-alleen', 201);
    expect(await actions('designation-confirmed')).toMatchObject([{ actor: 'machine' }]);
  });

  it('who works alone is confirmed at the first login with the demanded assurance, and no other is', async () => {
    await enter('mn-beheerder', await soloOrganisation(), NEW);
    const confirmations = node.app.get(PersonConfirmations, { strict: false });
    for (const subject of ['mn-alleen', 'mn-nieuw']) await confirmations.confirmByLogin(subject);
    expect([(await find('mn-alleen')).designated, (await find('mn-nieuw')).designated]).toEqual([
      true,
      false,
    ]);
  });

  it('was in the first directory file: that counts as confirmed', async () => {
    expect(await proposals('mn-beheerder')).toEqual([]);
    await files('mn-leerkracht', 201);
  });
});

describe('a right to the BSN that an operator gives in a new covenant', () => {
  const DEBT_HELP = 'kredietbank-zeist';
  const BSN = { youth: SANNE, informed: 'yes' };
  /** The covenant that began, without the right of one organisation; the next version gives it back. */
  async function giveRight(): Promise<void> {
    const { manager } = node.dataSource;
    await manager.query(
      `update covenant set document = jsonb_set(document, '{organisations}', (
         select jsonb_agg(case when o->>'id' = $1 then o || '{"mayUseBsn": false}' else o end)
         from jsonb_array_elements(document->'organisations') o))`,
      [DEBT_HELP],
    );
    await node.stop();
    node = await startNode(environment, database);
    const yaml = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8');
    await post('mn-beheerder', '/covenant/versions', { yaml, effectiveFrom: '2026-11-25' }, 201);
    node.clock.set(new Date('2026-11-25T10:00:00Z'));
  }
  const version = async (by: string): Promise<Body> => (await get(by, '/covenant/versions')).versions[0];
  const mayUseBsn = async () => (await get('mn-schuldhulp', '/me')).organisation.mayUseBsn as boolean;

  it('counts once another operator confirmed it', async () => {
    await giveRight();
    expect(await mayUseBsn()).toBe(false);
    await post('mn-schuldhulp', '/signals', BSN, 400);
    expect(await version('mn-beheerder')).toMatchObject({
      ...{ state: 'in-force', bsnUnconfirmed: [{ id: DEBT_HELP }], mayConfirmBsn: false, bsnOnMachine: true },
    });
    await post('mn-beheerder', '/covenant/versions/2/_confirm-bsn', {}, 409);
    await node.dataSource.manager.update(Professional, { subject: 'mn-politie' }, { roles: ['operator'] });
    expect(await operate(['covenant', 'confirm-bsn', '2'], environment)).toMatchObject({ code: 1 });
    expect(await mayUseBsn()).toBe(false);

    await post('mn-politie', '/covenant/versions/2/_confirm-bsn', {}, 204);
    expect(await mayUseBsn()).toBe(true);
    await post('mn-schuldhulp', '/signals', BSN, 201);
    expect((await version('mn-politie')).bsnUnconfirmed).toEqual([]);
    await post('mn-politie', '/covenant/versions/2/_confirm-bsn', {}, 404);
    expect(await actions('covenant-bsn-confirmed')).toEqual([
      {
        ...{ actor: await idOf('mn-politie'), version: 2, organisations: 1 },
        proposedBy: await idOf('mn-beheerder'),
      },
    ]);
  });

  it('counts after the command on the machine where there is one operator, which is in the logbook', async () => {
    await giveRight();
    expect(await operate(['covenant', 'confirm-bsn', '2'], environment)).toMatchObject({ code: 0 });
    expect(await mayUseBsn()).toBe(true);
    expect(await actions('covenant-bsn-confirmed')).toMatchObject([{ actor: 'machine', version: 2 }]);
  });

  it('was in the first covenant file: that counts as confirmed', async () => {
    expect(await version('mn-beheerder')).toMatchObject({ version: 1, bsnUnconfirmed: [] });
    expect(await mayUseBsn()).toBe(true);
  });
});
