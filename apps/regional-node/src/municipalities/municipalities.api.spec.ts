import { empty } from '../../../../test/database/empty.js';
import { ownTable, type MunicipalityFact } from '#libs/municipalities';
import { only, OWN, SANNE, startFederatedNode, type FederatedNode } from '../../test/federated-node.js';
import { AuditLine } from '../audit/index.js';
import { Mail } from '../mails/index.js';
import { Move } from '../moves/index.js';
import { Youth } from '../youths/index.js';
import { Municipalities, MunicipalityList, UnknownMunicipality } from './index.js';

/** The day of the merger: the simulator of the person register lives by the clock of the machine, which is later. */
const DAY = '2026-11-25';

let node: FederatedNode<'jeugdmatch'>;
beforeAll(async () => {
  node = await startFederatedNode<'jeugdmatch'>({
    [OWN]: { municipalities: ['0344', '0307', '0355'] },
    jeugdmatch: { municipalities: ['0546'] },
  });
});
beforeEach(async () => {
  await empty(node.dataSource, 'municipality_list, unknown_municipality');
  await node.app.get(Municipalities).look();
  await node.startOver();
});
afterEach(() => node.register.change(SANNE.bsn, { gemeenteVanInschrijving: '0344' }));
afterAll(() => node?.stop());

/** Table 33 with Utrecht under another code from the day of the merger. */
const tableWith = (code: string, day = DAY): string => {
  const facts: MunicipalityFact[] = [
    ...ownTable().facts.map((fact) => (fact.code === '0344' ? { ...fact, end: day, successor: code } : fact)),
    ...(ownTable().factOf(code) ? [] : [{ code, name: 'Groot Utrecht', begin: day }]),
  ];
  const plain = (text = '') => text.replaceAll('-', '');
  return [
    '92.10,92.11,92.12,99.98,99.99',
    ...facts.map((each) =>
      [each.code, each.name, each.successor ?? '', plain(each.begin), plain(each.end)]
        .map((cell) => `"${cell}"`)
        .join(),
    ),
  ].join('\n');
};
/** Table 33 as somebody might shorten it. */
const presentOnly = (): string =>
  [
    '92.10,92.11,92.12,99.98,99.99',
    ...ownTable()
      .inUse(DAY)
      .map(({ code, name }) => `"${code}","${name}",,,`),
  ].join('\n');
const load = async (csv: string, asOf: string, status = 200) =>
  (await (await node.as('mn-beheerder')).post('/municipalities/table').send({ csv, asOf }).expect(status))
    .body as { asOf: string; old: boolean; unknown: string[]; invalidParams: { name: string }[] };
const mails = async () =>
  (await node.dataSource.manager.find(Mail))
    .map(({ subject }) => subject)
    .filter((text) => /verhui|komen wonen/.test(text));
const queueOf = async (subject: string) =>
  (await (await node.as(subject)).get('/match-queue').expect(200)).body as unknown[];
const youth = async () => only(await node.dataSource.manager.find(Youth));

describe('a municipality that gets another code', () => {
  it('moves nobody, and its matches keep their process manager, before the register knows and after', async () => {
    await load(tableWith('2099'), '2026-11-24');
    await node.file('mn-leerkracht');
    await node.file('mn-jeugdzorg');
    expect(await queueOf('mn-procesmanager')).toHaveLength(1);
    await node.at(DAY, '00:01');
    expect(await queueOf('mn-procesmanager')).toHaveLength(1);
    await node.register.change(SANNE.bsn, { gemeenteVanInschrijving: '2099' });
    await node.at('2026-11-26', '04:00');
    expect(await youth()).toMatchObject({ municipality: '2099' });
    expect(await node.dataSource.manager.count(Move)).toBe(0);
    expect(await mails()).toEqual([]);
    expect(await queueOf('mn-procesmanager')).toHaveLength(1);
    const access = { bsn: SANNE.bsn };
    const { body } = await (
      await node.as('mn-procesmanager')
    )
      .post('/subject-access/_overview')
      .send(access)
      .expect(200);
    expect((body as { signals: unknown[] }).signals).toHaveLength(2);
  });

  it('moves nobody either whose day of enrolment was not known', async () => {
    await load(tableWith('2099'), '2026-11-24');
    await node.file('mn-leerkracht');
    await node.dataSource.query('update youth set residence_as_of = null');
    await node.at(DAY, '00:01');
    await node.register.change(SANNE.bsn, { gemeenteVanInschrijving: '2099' });
    await node.at('2026-11-26', '04:00');
    expect(await youth()).toMatchObject({ municipality: '2099' });
    expect(await mails()).toEqual([]);
  });

  it('is set aside while the table lacks the code: the operator is told once, and a newer table tells a move from a merger', async () => {
    await node.file('mn-leerkracht');
    await node.at('2027-01-01', '00:01');
    await node.register.change(SANNE.bsn, { gemeenteVanInschrijving: '2099' });
    for (const day of ['2027-01-02', '2027-01-03']) await node.at(day, '04:00');
    expect(await youth()).toMatchObject({ municipality: '0344' });
    expect(await mails()).toEqual([]);
    expect(await node.dataSource.manager.find(UnknownMunicipality)).toMatchObject([{ code: '2099' }]);
    const operator = await node.as('mn-beheerder');
    const { body } = await operator.get('/municipalities/table').expect(200);
    expect(body).toMatchObject({ asOf: '2026-01-01', old: true, unknown: ['2099'] });
    expect(await load(tableWith('2099'), '2027-01-03')).toMatchObject({ old: false, unknown: [] });
    await node.at('2027-01-04', '04:00');
    expect(await youth()).toMatchObject({ municipality: '2099' });
    expect(await mails()).toEqual([]);
  });
});

describe('a municipality that may have merged into another one', () => {
  it('is set aside on a 1 January of which the table does not tell, and is no move when a newer table says so', async () => {
    await node.file('mn-leerkracht');
    await node.at('2027-01-01', '00:01');
    await node.register.change(SANNE.bsn, { gemeenteVanInschrijving: '0355' });
    // the register names no later day of enrolment
    await node.dataSource.query(`update youth set residence_as_of = '2099-01-01'`);
    await node.at('2027-01-02', '04:00');
    expect(await youth()).toMatchObject({ municipality: '0344' });
    expect(await mails()).toEqual([]);
    await load(tableWith('0355', '2027-01-01'), '2027-01-02');
    await node.at('2027-01-03', '04:00');
    expect(await youth()).toMatchObject({ municipality: '0355' });
    expect(await mails()).toEqual([]);
    expect(await node.dataSource.manager.count(Move)).toBe(0);
  });
});

describe('a table that is loaded', () => {
  it('is in the logbook, is told to the screens, and is used by other instances too', async () => {
    await load(tableWith('2099'), '2026-11-24');
    const [line] = await node.dataSource.manager.find(AuditLine, { order: { id: 'desc' }, take: 1 });
    expect(line).toMatchObject({ action: 'municipalities-loaded', fields: { asOf: '2026-11-24' } });
    const news = async () =>
      (await (await node.as('mn-leerkracht')).get('/municipalities').expect(200)).body as {
        municipalities: unknown[];
      };
    expect((await news()).municipalities).not.toContainEqual(expect.objectContaining({ code: '2099' }));
    await node.at(DAY, '00:01');
    expect((await news()).municipalities).toEqual(
      expect.arrayContaining([
        { code: '0344', name: 'Utrecht', inUse: false },
        { code: '2099', name: 'Groot Utrecht', inUse: true },
        { code: '0530', name: 'Hellevoetsluis', inUse: false },
      ]),
    );
    await node.dataSource.manager.insert(MunicipalityList, {
      ...{ asOf: '2026-11-25', loadedAt: new Date(), facts: [{ code: '0344', name: 'Weer Utrecht' }] },
    });
    const municipalities = node.app.get(Municipalities);
    await municipalities.look();
    expect(municipalities.table().nameOf('0344')).toBe('Weer Utrecht');
  });

  it.each([
    ['no table', 'a,b', '2026-11-24', 'csv'],
    ['one without what ended', presentOnly(), '2026-11-24', 'csv'],
    [
      'one with text beside quotes',
      tableWith('2099').replace('"Utrecht"', '"Utrecht"x'),
      '2026-11-24',
      'csv',
    ],
    ['part of one', '92.10,92.11,92.12,99.98,99.99\n0344,Utrecht,,,', '2026-11-24', 'csv'],
    ['an older one', tableWith('2099'), '2025-12-31', 'asOf'],
    ['one of a day to come', tableWith('2099'), '2026-11-25', 'asOf'],
    ['one without a day', tableWith('2099'), 'gisteren', 'asOf'],
  ])('is refused when it is %s, and nothing is stored', async (_what, csv, asOf, field) => {
    const { invalidParams } = await load(csv, asOf, 400);
    expect(invalidParams[0]!.name).toBe(field);
    expect(await node.dataSource.manager.count(MunicipalityList)).toBe(0);
  });
});
