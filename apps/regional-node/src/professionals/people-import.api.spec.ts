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
/** Sends the bytes of a file, as the screens do. */
const upload = async (by: string, bytes: Buffer, dryRun?: boolean | string, status = 200): Promise<Body> =>
  (
    await (
      await node.as(by)
    )
      .post(`/professionals/_import${dryRun === undefined ? '' : `?dryRun=${dryRun}`}`)
      .set('Content-Type', 'text/csv')
      .send(bytes)
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
    // until its owner confirms it
    expect(all.find(({ subject }) => subject === 'mn-leerkracht')?.phone).toBe('030-000 00 01');
    const { contactChanges } = (await (await node.as('mn-leerkracht')).get('/me').expect(200)).body;
    expect(contactChanges).toMatchObject([{ phone: '030-000 00 99' }]);
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

  it('may be of an organisation and a location by their names', async () => {
    await (
      await node.as('mn-coordinator')
    )
      .put('/locations')
      .send({ locations: [{ id: 'oost', name: 'De Bosrand', municipality: '0344', phone: '030-000 00 91' }] })
      .expect(200);
    const line = NEW.replace(SCHOOL, 'Basisschool De Linde');
    expect(
      outcomes(await send('mn-coordinator', [`${HEADER},location`, `${line},de bosrand`].join('\n'))),
    ).toEqual(['2 added']);
    expect((await people()).find(({ subject }) => subject === 'mn-nieuw')).toMatchObject({
      ...{ organisationId: SCHOOL, locationId: 'oost' },
    });
    const capital = NEW.replace(SCHOOL, 'Basisschool-de-linde');
    expect(outcomes(await send('mn-coordinator', [HEADER, capital].join('\n')))).toEqual(['2 unchanged']);
    // a name that two have means neither
    await node.dataSource.query(
      `update organisation set name = 'Basisschool De Linde' where id = 'politie-midden'`,
    );
    expect(outcomes(await send('mn-beheerder', [HEADER, line].join('\n')))).toEqual(['2 refused']);
  });

  it('are not entered at all when one line is wrong, or when it is only tried', async () => {
    const before = await people();
    const wrong = NEW.replace('mn-nieuw', 'mn-ander')
      .replace('030-000 00 20', 'bel mij')
      .replace(/ja$/, 'soms');
    const report = await send('mn-coordinator', [HEADER, NEW, wrong].join('\n'));
    expect([report.imported, outcomes(report)]).toEqual([false, ['2 added', '3 refused']]);
    expect(report.lines[1].wrong.map(({ name }: Body) => name).sort()).toEqual(['designated', 'phone']);
    expect(report.lines.map(({ name }: Body) => name)).toEqual(['Olga Prins', 'Olga Prins']);
    expect(JSON.stringify(report)).not.toMatch(/bel mij|soms|olga\.prins/);
    const tried = await send('mn-coordinator', [HEADER, NEW].join('\n'), { dryRun: true });
    expect([tried.imported, outcomes(tried)]).toEqual([false, ['2 added']]);
    expect(await people()).toEqual(before);
  });

  it.each([
    ['twice', [NEW, NEW], ['2 added', '3 refused']],
    ['of another organisation', [NEW.replace(SCHOOL, 'politie-midden')], ['2 refused']],
    ['of an organisation that is not there', [NEW.replace(SCHOOL, 'nergens')], ['2 refused']],
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

  it('may be of every organisation for the operator, also for somebody who is in another one already', async () => {
    for (const organisation of ['politie-midden', SCHOOL]) {
      const report = await send(
        'mn-beheerder',
        [HEADER, NEW.replace('Leerkracht', 'Contactpersoon').replace(SCHOOL, organisation)].join('\n'),
      );
      expect([report.imported, outcomes(report)]).toEqual([true, ['2 added']]);
    }
  });

  it('are refused to a coordinator whose own person of that subject left', async () => {
    await node.dataSource.query(
      `update professional set departed_on = '2026-01-01' where subject = 'mn-leerkracht'`,
    );
    const report = await send('mn-coordinator', [HEADER, ANNA].join('\n'));
    expect(report.lines[0].wrong.map(({ code }: Body) => code)).toEqual(['taken']);
  });

  it('lack the zeros that the subjects of their colleagues have', async () => {
    await node.dataSource.query(
      `update professional set subject = '0012345' where subject = 'mn-leerkracht'`,
    );
    const lines = [NEW.replace('mn-nieuw', '12345'), NEW.replace('mn-nieuw', '2345678')];
    const report = await send('mn-coordinator', [HEADER, ...lines].join('\n'));
    expect(outcomes(report)).toEqual(['2 refused', '3 added']);
    expect(report.lines[0].wrong.map(({ code }: Body) => code)).toEqual(['zeros']);
    // another organisation is told nothing of these
    const other = lines[0]!.replace('Leerkracht', 'Jeugdagent').replace(SCHOOL, 'politie-midden');
    await node.dataSource.query(
      `update professional set roles = '{professional,coordinator}' where subject = 'mn-politie'`,
    );
    expect(outcomes(await send('mn-politie', [HEADER, other].join('\n'), { dryRun: true }))).toEqual([
      '2 added',
    ]);
  });

  it('are told of once where a separator moved the cells of a line', async () => {
    const comma = NEW.replace('Leerkracht', 'Leerkracht, groep 3');
    const report = await send('mn-coordinator', [HEADER, comma].join('\n'));
    expect(report.lines).toEqual([
      { line: 2, outcome: 'refused', wrong: [expect.objectContaining({ name: 'line', code: 'cells' })] },
    ]);
  });

  it('are told of with a hundred errors at most', async () => {
    const wrong = Array.from({ length: 70 }, (_each, n) => `mn-${n},,Leerkracht,x,a@b.example,${SCHOOL},ja`);
    const { lines } = await send('mn-coordinator', [HEADER, ...wrong].join('\n'));
    expect(lines.flatMap((line: Body) => line.wrong ?? [])).toHaveLength(100);
    expect(lines.map(({ outcome }: Body) => outcome)).toEqual(Array<string>(70).fill('refused'));
  });

  it.each([
    ['', 'kolommen'],
    ['subject,name\na,b', 'kolommen'],
    [`${HEADER},bsn\n${NEW},1`, 'kolommen kent de verwijsindex niet: “H (bsn)”'],
    [`${HEADER}\n"${NEW}`, 'Op regel 2'],
  ])('are refused as a whole when the file is %j', async (csv, reason) => {
    const { invalidParams } = await send('mn-beheerder', csv, {}, 400);
    expect(invalidParams).toMatchObject([{ name: 'csv', reason: expect.stringContaining(reason) }]);
  });
});

describe('people entered from the bytes of a file', () => {
  const SEMICOLONS = HEADER.replaceAll(',', ';');
  const line = (name: string, role = 'Leerkracht') =>
    `mn-x;${name};${role};030-0000020;r@proef.example;${SCHOOL};ja`;
  const csv = (...lines: string[]) => [SEMICOLONS, ...lines, ''].join('\r\n');
  const utf8 = (text: string) => Buffer.from(text);
  const windows1252 = (text: string) => Buffer.from(text, 'latin1');

  it.each([
    ['in Windows-1252', windows1252(csv(line('Ren\u00e9e Proef'))), 'Renée Proef', 'Leerkracht'],
    [
      'in UTF-8 with a byte order mark',
      utf8(`\ufeff${csv(line('Renée Proef'))}`),
      'Renée Proef',
      'Leerkracht',
    ],
    ['in UTF-8 without one', utf8(csv(line('Renée Proef'))), 'Renée Proef', 'Leerkracht'],
    ['in UTF-16', Buffer.from(`\ufeff${csv(line('Renée Proef'))}`, 'utf16le'), 'Renée Proef', 'Leerkracht'],
    [
      'with a comma in a cell',
      utf8(csv(line('R Proef', 'Leerkracht, groep 3'))),
      'R Proef',
      'Leerkracht, groep 3',
    ],
    ['with empty rows', utf8(csv(line('R Proef'), ';;;;;;', ';;;;;;')), 'R Proef', 'Leerkracht'],
    ['with the separator told', utf8(`sep=;\r\n${csv(line('R Proef'))}`), 'R Proef', 'Leerkracht'],
    ['with tabs', utf8(csv(line('R Proef')).replaceAll(';', '\t')), 'R Proef', 'Leerkracht'],
  ])('arrive as they were meant: %s', async (_, bytes, name, role) => {
    const report = await upload('mn-coordinator', bytes);
    expect(report).toEqual({ imported: true, lines: [{ line: 2, name, outcome: 'added' }] });
    const person = (await people()).find(({ subject }) => subject === 'mn-x');
    expect(person).toMatchObject({ name, function: role, phone: '030-0000020', email: 'r@proef.example' });
  });

  it('arrive with the zero that the spreadsheet dropped', async () => {
    await upload('mn-coordinator', utf8(csv(line('R Proef').replace('030-0000020', '300000020'))));
    expect((await people()).find(({ subject }) => subject === 'mn-x')?.phone).toBe('0300000020');
  });

  it('are only tried where the address says so', async () => {
    const before = await people();
    const bytes = utf8(csv(line('R Proef')));
    expect((await upload('mn-coordinator', bytes, true)).imported).toBe(false);
    await upload('mn-coordinator', bytes, 'perhaps', 400);
    expect(await people()).toEqual(before);
    expect((await upload('mn-coordinator', bytes, false)).imported).toBe(true);
  });

  it('are refused when the file is empty, no CSV, too large or too long', async () => {
    const reasonOf = async (bytes: Buffer) =>
      (await upload('mn-coordinator', bytes, true, 400)).invalidParams[0].reason as string;
    expect(await reasonOf(Buffer.alloc(0))).toContain('Het bestand noemt niemand.');
    expect(await reasonOf(utf8('PK\u0003\u0004\u0014\0'))).toContain('Dit is geen CSV-bestand.');
    const large = await upload('mn-coordinator', Buffer.alloc(900_000, 'x'), true, 413);
    expect(large.code).toBe('too-large');
    const long = utf8(csv(...Array<string>(50_000).fill('x')));
    expect(await reasonOf(long)).toBe('Voer ten hoogste 2000 mensen tegelijk in.');
  });

  it('are read here only, and only as CSV', async () => {
    const coordinator = await node.as('mn-coordinator');
    const bytes = utf8(csv(line('R Proef')));
    for (const [path, type] of [
      ['/professionals/_import', 'text/plain'],
      ['/professionals/_import', 'application/octet-stream'],
      ['/locations/_import', 'text/csv'],
    ] as const)
      expect([404, 415]).toContain(
        (await coordinator.post(path).set('Content-Type', type).send(bytes)).status,
      );
    await coordinator.put('/locations').set('Content-Type', 'text/csv').send(bytes).expect(415);
    await coordinator
      .post('/professionals/_import')
      .set({ 'Content-Type': 'text/csv', Origin: 'https://elders.example' })
      .send(bytes)
      .expect(403);
  });
});

describe('a subject of another organisation', () => {
  const asked = (subject: string) => [HEADER, NEW.replace('mn-nieuw', subject)].join('\n');
  const departed = `update professional set departed_on = '2026-01-01' where subject = 'mn-politie'`;

  it.each([
    ['whose person is there', undefined],
    ['whose person left', departed],
  ])('gets the answer of a subject that nobody has, tried or entered: one %s', async (_, change) => {
    if (change) await node.dataSource.query(change);
    const before = (await people()).find(({ subject }) => subject === 'mn-politie');
    for (const dryRun of [true, false]) {
      const there = await send('mn-coordinator', asked('mn-politie'), { dryRun });
      expect(there).toEqual(await send('mn-coordinator', asked('mn-niemand'), { dryRun }));
      expect(there).toEqual({
        imported: !dryRun,
        lines: [{ line: 2, name: 'Olga Prins', outcome: 'added' }],
      });
    }
    const after = (await people()).filter(({ subject }) => subject === 'mn-politie');
    expect(after).toHaveLength(2);
    expect(after.find(({ id }) => id === before!.id)).toEqual(before);
    // each has the contact details of its own organisation
    expect(after.find(({ id }) => id !== before!.id)).toMatchObject({
      ...{ organisationId: SCHOOL, name: 'Olga Prins', phone: '030-000 00 20', departedOn: null },
    });
    const lines = await node.dataSource.manager.find(AuditLine, { order: { id: 'asc' } });
    expect(lines.slice(-2).map(({ action, fields }) => [action, fields])).toEqual(
      Array(2).fill(['professional-added', { professional: expect.any(String) }]),
    );
    await (await node.as('mn-politie')).get('/me').expect(200);
  });

  it('gets the same errors as one that nobody has, also beside its own organisation', async () => {
    const wrong = (subject: string) => asked(subject).replace('030-000 00 20', 'x');
    const foreign = (subject: string) => asked(subject).replace(SCHOOL, 'politie-midden');
    for (const text of [wrong, foreign])
      expect(await send('mn-coordinator', text('mn-politie'))).toEqual(
        await send('mn-coordinator', text('mn-niemand')),
      );
  });

  it('is that of the second designation from then on, for the own coordinator alone', async () => {
    await send('mn-coordinator', asked('mn-politie'));
    const again = await send(
      'mn-coordinator',
      asked('mn-politie').replace('Leerkracht', 'Intern begeleider'),
    );
    expect(outcomes(again)).toEqual(['2 changed']);
    expect(
      (await people()).filter(({ subject }) => subject === 'mn-politie').map((each) => each.function),
    ).toEqual(expect.arrayContaining(['Jeugdagent', 'Intern begeleider']));
  });

  it('may stand twice in a file of the operator, for two organisations', async () => {
    const second = NEW.replace('Leerkracht', 'Jeugdagent').replace(SCHOOL, 'politie-midden');
    const report = await send('mn-beheerder', [HEADER, NEW, second].join('\n'));
    expect([report.imported, outcomes(report)]).toEqual([true, ['2 added', '3 added']]);
    const twice = await send('mn-beheerder', [HEADER, NEW, second, second].join('\n'));
    expect(twice.lines[2].wrong).toEqual([expect.objectContaining({ name: 'subject', code: 'unique' })]);
  });

  it('is not entered anew where the person left, nor by the person themselves', async () => {
    await node.dataSource.query(
      `update professional set departed_on = '2026-01-01' where subject = 'mn-leerkracht'`,
    );
    const left = await send('mn-coordinator', [HEADER, ANNA].join('\n'));
    expect(left.lines[0].wrong).toEqual([expect.objectContaining({ name: 'subject', code: 'taken' })]);
    const oneself = await send('mn-beheerder', asked('mn-beheerder'));
    expect(oneself.lines[0].wrong).toEqual([expect.objectContaining({ name: 'subject', code: 'oneself' })]);
  });
});
