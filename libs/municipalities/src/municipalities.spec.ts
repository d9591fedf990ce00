import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  MunicipalityTable,
  NoTable33,
  ownTable,
  presentMunicipalities,
  readTable33,
  textOfTable33,
} from './index.js';

const OFFICIAL = fileURLToPath(
  new URL('../../../../shared/data/brp/table-33-municipalities.csv', import.meta.url),
);
const HEADER =
  '"92.10 Gemeentecode","92.11 Omschrijving","92.12 Nieuwe code","99.98 Datum ingang","99.99 Datum einde"';
const table = ownTable();

describe('the table of municipalities that comes with the software', () => {
  it('has the 342 of 1 January 2026, each under one code and one name', () => {
    const present = table.inUse('2026-01-01');
    expect(present).toHaveLength(342);
    expect(new Set(present.map(({ name }) => name)).size).toBe(342);
    expect(presentMunicipalities()).toEqual(present.map(({ code, name }) => ({ code, name })));
  });

  it.each([
    ['a merger', '0530', '2022-12-31', '0530'],
    ['a merger, from its day', '0530', '2023-01-01', '1992'],
    ['two mergers after each other', '0002', '2018-12-31', '0056'],
    ['two mergers after each other, later', '0002', '2026-01-01', '1969'],
    ['a code that goes on', '0344', '2026-01-01', '0344'],
    ['a code that nobody knows', '9876', '2026-01-01', '9876'],
    ['one that ended without successor', '1055', '2026-01-01', '1055'],
  ])('resolves %s: %s on %s is %s', (_what, code, day, present) => {
    expect(table.on(code, day)).toBe(present);
  });

  it('knows when codes are in use, and the names of those that ended', () => {
    expect(table.isInUse('1992', '2022-12-31')).toBe(false);
    expect(table.isInUse('1992', '2023-01-01')).toBe(true);
    expect(table.isInUse('0530', '2023-01-01')).toBe(false);
    expect(table.nameOf('0530')).toBe('Hellevoetsluis');
    for (const none of ['0000', '0999', '1999', '9876']) expect(table.factOf(none)).toBeUndefined();
  });

  it('is old once a 1 January has come that it may not know', () => {
    expect(table.isOldOn('2026-12-31')).toBe(false);
    expect(table.isOldOn('2027-01-01')).toBe(true);
    const ahead = [{ code: '0355', name: 'Zeist', end: '2027-01-01', successor: '0310' }];
    expect(new MunicipalityTable(ahead, '2026-12-10').isOldOn('2027-12-31')).toBe(false);
  });

  it('does not run in circles', () => {
    const circle = [
      { code: '0001', name: 'A', end: '2020-01-01', successor: '0002' },
      { code: '0002', name: 'B', end: '2020-01-01', successor: '0001' },
    ];
    expect(new MunicipalityTable(circle, '2021-01-01').on('0001', '2021-01-01')).toBe('0002');
  });
});

describe('table 33', () => {
  (existsSync(OFFICIAL) ? it : it.skip)(
    'as published in 2022 is in the facts, but for what came later',
    () => {
      const official = readTable33(textOfTable33(readFileSync(OFFICIAL)));
      const later = ['0164', '0373', '0501', '0530', '0614', '0893', '1992'];
      const facts = new Map(table.facts.map((fact) => [fact.code, fact]));
      expect(facts.size).toBe(official.length + 1);
      for (const fact of official) if (!later.includes(fact.code)) expect(facts.get(fact.code)).toEqual(fact);
    },
  );

  it('is read with commas or semicolons, quotes or none, in each of the encodings', () => {
    const rows = [HEADER, '"0001","Súd","0002","","20270101"', '"0002","Nij","","20270101",""'].join('\r\n');
    const facts = [
      { code: '0001', name: 'Súd', end: '2027-01-01', successor: '0002' },
      { code: '0002', name: 'Nij', begin: '2027-01-01' },
    ];
    expect(readTable33(rows)).toEqual(facts);
    expect(readTable33(rows.replaceAll('"', '').replaceAll(',', ';'))).toEqual(facts);
    const utf16 = Buffer.from(`\uFEFF${rows}`, 'utf16le');
    for (const bytes of [Buffer.from(rows), Buffer.from(rows, 'latin1'), utf16])
      expect(readTable33(textOfTable33(bytes))).toEqual(facts);
  });

  it.each([
    ['no header', 'a,b\n1,2', 'columns'],
    ['no row', HEADER, 'no municipality'],
    ['a code that is none', `${HEADER}\n12,Zeist,,,`, 'line 2'],
    ['no name', `${HEADER}\n0001,,,,`, 'line 2'],
    ['a link for a name', `${HEADER}\n0001,<a href="x">,,,`, 'line 2'],
    ['a day that is none', `${HEADER}\n0001,A,,20270231,`, 'line 2'],
    ['a code twice', `${HEADER}\n0001,A,,,\n0001,B,,,`, 'line 3'],
    ['a successor that is not there', `${HEADER}\n0001,A,0002,,20270101`, '0001'],
    ['a successor of a code that goes on', `${HEADER}\n0001,A,0002,,\n0002,B,,,`, '0001'],
  ])('with %s is refused, and the line named', (_what, csv, said) => {
    expect(() => readTable33(csv)).toThrow(NoTable33);
    expect(() => readTable33(csv)).toThrow(said);
  });
});
