import { startNode, type TestNode } from '../../test/test-node.js';
import { AuditLine } from '../audit/index.js';
import { Professional } from '../directory/index.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked at as they come
type Body = any;

const HEADER = 'subject,name,function,phone,email,organisation,designated';
const SCHOOL = 'basisschool-de-linde';
const NEW = `mn-nieuw,Olga Prins,Leerkracht,030-000 00 20,olga.prins@utrecht.voorbeeld.example,${SCHOOL},ja`;
const ANNA = `mn-leerkracht,Anna de Wit,Leerkracht groep 7,030-000 00 01,anna.de.wit@utrecht.voorbeeld.example,${SCHOOL},ja`;

let node: TestNode;
beforeEach(async () => {
  node = await startNode();
});
afterEach(() => node.stop());

const send = async (by: string, csv: string, more: object = {}, status = 200): Promise<Body> =>
  (
    await (
      await node.as(by)
    )
      .post('/professionals/_import')
      .send({ csv, ...more })
      .expect(status)
  ).body;
const people = () => node.dataSource.manager.find(Professional, { order: { subject: 'asc' } });
const outcomes = ({ lines }: Body): string[] => lines.map(({ line, outcome }: Body) => `${line} ${outcome}`);

describe('people entered from a file', () => {
  it('are added and changed with a report of every line, and the logbook names them', async () => {
    const changed = ANNA.replace('030-000 00 01', '030-000 00 99');
    const bart =
      'mn-internbegeleider;Bart Jansen;Intern begeleider;030-000 00 02;bart.jansen@utrecht.voorbeeld.example';
    const csv = `\ufeff${HEADER}\r\n${NEW}\r\n\r\n${changed}\r\n${bart.replaceAll(';', ',')},${SCHOOL},ja\r\n`;
    const report = await send('mn-coordinator', csv);
    expect([report.imported, outcomes(report)]).toEqual([true, ['2 added', '4 changed', '5 unchanged']]);
    const all = await people();
    expect(all.find(({ subject }) => subject === 'mn-nieuw')).toMatchObject({
      ...{ name: 'Olga Prins', organisationId: SCHOOL, roles: ['professional'], designated: true },
      ...{ contactConfirmedOn: '2026-11-24', departedOn: null },
    });
    expect(all.find(({ subject }) => subject === 'mn-leerkracht')?.phone).toBe('030-000 00 99');
    await (await node.as('mn-nieuw')).get('/me').expect(200);
    const lines = await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
    expect(lines.slice(-2).map(({ action, fields }) => [action, fields.fields])).toEqual([
      ['professional-added', undefined],
      ['professional-changed', ['phone']],
    ]);
  });

  it('may be separated by semicolons, with columns in another order and commas in quotes', async () => {
    const header = HEADER.split(',').reverse().join(';');
    const line = NEW.replace('Leerkracht', '"Leerkracht, groep 3"')
      .split(/,(?! groep)/)
      .reverse()
      .join(';');
    expect(outcomes(await send('mn-beheerder', `${header}\n${line}\n`))).toEqual(['2 added']);
    expect((await people()).find(({ subject }) => subject === 'mn-nieuw')?.function).toBe(
      'Leerkracht, groep 3',
    );
  });

  it('may be of a location, in a column that may be left out', async () => {
    const coordinator = await node.as('mn-coordinator');
    await coordinator
      .put('/locations')
      .send({ locations: [{ id: 'oost', name: 'Oost', municipality: '0344', phone: '030-000 00 91' }] })
      .expect(200);
    const locationOf = async (who: string) =>
      (await people()).find(({ subject }) => subject === who)?.locationId;
    const header = `${HEADER},location`;
    const added = await send('mn-coordinator', [header, `${NEW},oost`, `${ANNA},`].join('\n'));
    expect(outcomes(added)).toEqual(['2 added', '3 unchanged']);
    expect([await locationOf('mn-nieuw'), await locationOf('mn-leerkracht')]).toEqual(['oost', null]);
    expect(outcomes(await send('mn-coordinator', [HEADER, NEW].join('\n')))).toEqual(['2 unchanged']);
    expect(await locationOf('mn-nieuw')).toBe('oost');
    const refused = await send('mn-coordinator', [header, `${NEW},west`].join('\n'));
    expect(refused.lines[0].wrong.map(({ name }: Body) => name)).toEqual(['location']);
    expect(outcomes(await send('mn-coordinator', [header, `${NEW},`].join('\n')))).toEqual(['2 changed']);
    expect(await locationOf('mn-nieuw')).toBeNull();
  });

  it('are not entered at all when one line is wrong, or when it is only tried', async () => {
    const before = await people();
    const wrong = NEW.replace('mn-nieuw', 'mn-ander')
      .replace('030-000 00 20', 'bel mij')
      .replace(/ja$/, 'soms');
    const report = await send('mn-coordinator', [HEADER, NEW, wrong].join('\n'));
    expect([report.imported, outcomes(report)]).toEqual([false, ['2 added', '3 refused']]);
    expect(report.lines[1].wrong.map(({ name }: Body) => name).sort()).toEqual(['designated', 'phone']);
    expect(JSON.stringify(report)).not.toMatch(/bel mij|Olga/);
    const tried = await send('mn-coordinator', [HEADER, NEW].join('\n'), { dryRun: true });
    expect([tried.imported, outcomes(tried)]).toEqual([false, ['2 added']]);
    expect(await people()).toEqual(before);
  });

  it.each([
    ['twice', [NEW, NEW], ['2 added', '3 refused']],
    ['of another organisation', [NEW.replace(SCHOOL, 'politie-midden')], ['2 refused']],
    ['of an organisation that is not there', [NEW.replace(SCHOOL, 'nergens')], ['2 refused']],
    ['under the subject of somebody elsewhere', [NEW.replace('mn-nieuw', 'mn-politie')], ['2 refused']],
  ])('are refused to a coordinator %s', async (_, lines, expected) => {
    expect(outcomes(await send('mn-coordinator', [HEADER, ...lines].join('\n')))).toEqual(expected);
  });

  it('are refused with an address that a mail server may not take, by line, field and sentence', async () => {
    const renée = NEW.replace('olga.prins@', 'renée.prins@');
    const idn = NEW.replace('mn-nieuw', 'mn-ander').replace('utrecht.voorbeeld', 'bücher.voorbeeld');
    const report = await send('mn-coordinator', [HEADER, renée, idn].join('\n'));
    expect(outcomes(report)).toEqual(['2 refused', '3 added']);
    const reason =
      'Gebruik voor de @ in het e-mailadres alleen de letters a tot en met z, cijfers en leestekens. Aanhalingstekens mogen niet.';
    expect(report.lines[0].wrong).toEqual([expect.objectContaining({ name: 'email', reason })]);
  });

  it('may be of every organisation for the operator', async () => {
    const report = await send('mn-beheerder', [HEADER, NEW.replace(SCHOOL, 'politie-midden')].join('\n'));
    expect([report.imported, outcomes(report)]).toEqual([true, ['2 added']]);
  });

  it.each([
    ['', 'kolommen'],
    ['subject,name\na,b', 'kolommen'],
    [`${HEADER},bsn\n${NEW},1`, 'kolommen'],
    [`${HEADER}\n${NEW},x`, 'Regel 2'],
    [`${HEADER}\n"${NEW}`, 'Regel'],
  ])('are refused as a whole when the file is %j', async (csv, reason) => {
    const { invalidParams } = await send('mn-beheerder', csv, {}, 400);
    expect(invalidParams).toMatchObject([{ name: 'csv', reason: expect.stringContaining(reason) }]);
  });
});
