import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { demoFile } from '../../test/demo-file.js';
import { InvalidDocument } from '../documents/index.js';
import { otherKindsOf, readCovenant, signatory } from './covenant-document.js';
import { writeCovenant } from './covenant-text.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- documents are broken here on purpose
type Broken = any;

const text = readFileSync(demoFile('midden-nederland', 'covenant'), 'utf8');
const changed = (change: (document: Broken) => void): string => {
  const document: unknown = parse(text);
  change(document);
  return stringify(document);
};
const partsOf = (broken: string): string[] => {
  try {
    readCovenant(broken);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidDocument);
    return (error as InvalidDocument).parts.map(({ name }) => name);
  }
};

describe('a covenant', () => {
  it.each(['midden-nederland', 'jeugdmatch', 'rijnmond'])('of the demonstration is valid: %s', (region) => {
    const covenant = readCovenant(readFileSync(demoFile(region, 'covenant'), 'utf8'));
    expect(covenant.organisations.length).toBeGreaterThanOrEqual(5);
    expect(new Set(covenant.organisations.map(({ sector }) => sector)).size).toBe(
      region === 'jeugdmatch' ? 5 : 6,
    );
  });

  it('may say how the index looks: a colour that carries white text, and a drawing', () => {
    expect(readCovenant(changed((document) => delete document.appearance)).appearance).toBeUndefined();
    const look = (appearance: object) => partsOf(changed((document) => (document.appearance = appearance)));
    const logo = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
    expect(look({ colour: '#767676' })).toEqual([]);
    expect(look({ colour: '#767676', logo })).toEqual([]);
    expect(look({ colour: '#777777' })).toEqual(['appearance.colour']);
    expect(look({ colour: 'teal' })).toEqual(['appearance.colour']);
    expect(look({ colour: '#767676', logo: '<img src="logo.png">' })).toEqual(['appearance.logo']);
    expect(look({ colour: '#767676', logo: `<svg ${'x'.repeat(20_000)}></svg>` })).toEqual([
      'appearance.logo',
    ]);
    expect(look({ logo })).toEqual(['appearance.colour']);
  });

  it('differs in its leading rule from region to region', () => {
    const orders = ['midden-nederland', 'jeugdmatch', 'rijnmond'].map(
      (region) => readCovenant(readFileSync(demoFile(region, 'covenant'), 'utf8')).leading.order[0],
    );
    expect(new Set(orders).size).toBe(3);
  });

  it('knows who signed, and as what', () => {
    const covenant = readCovenant(text);
    expect(signatory(covenant, 'politie-midden')).toMatchObject({
      sector: 'police-justice',
      mayUseBsn: false,
    });
    expect(signatory(covenant, 'sportclub-de-meeuwen')).toBeUndefined();
  });

  it.each<[string, string[], (document: Broken) => void]>([
    ['a sector outside the six', ['organisations[2].sector'], (d) => (d.organisations[2].sector = 'sport')],
    ['more than two years of retention', ['retentionMonths'], (d) => (d.retentionMonths = 25)],
    ['no retention', ['retentionMonths'], (d) => delete d.retentionMonths],
    ['half a month of retention', ['retentionMonths'], (d) => (d.retentionMonths = 0.5)],
    ['a part that does not exist', ['reason'], (d) => (d.reason = 'x')],
    [
      'a part of an organisation that does not exist',
      ['organisations[0].note'],
      (d) => (d.organisations[0].note = 'x'),
    ],
    ['a municipality twice', ['municipalities[3].code'], (d) => d.municipalities.push(d.municipalities[0])],
    ['an organisation twice', ['organisations[9].id'], (d) => d.organisations.push(d.organisations[0])],
    [
      'an organisation elsewhere',
      ['organisations[1].municipalities[0]'],
      (d) => (d.organisations[1].municipalities = ['0599']),
    ],
    ['a kind that leads and never leads', ['leading.never[0]'], (d) => d.leading.order.push('school')],
    [
      'a sports club as a school with the right to the BSN',
      ['organisations[6].kind'],
      (d) => (d.organisations[6].kind = 'sports-club'),
    ],
    [
      'a school as health care',
      ['organisations[6].kind'],
      (d) => (d.organisations[6].sector = 'health-care'),
    ],
    [
      'a hospital that is more than emergency care',
      ['organisations[5].kind'],
      (d) => (d.organisations[5].kind = 'hospital'),
    ],
    [
      'the Raad in a region',
      ['organisations[7].kind'],
      (d) => (d.organisations[7].kind = 'protection-board'),
    ],
    [
      'the right to the BSN for whom no law gives it',
      ['organisations[7].mayUseBsn'],
      (d) => Object.assign(d.organisations[7], { kind: 'halt', mayUseBsn: true }),
    ],
    [
      'a kind outside the list that leads, and one that never does',
      ['leading.order[0]', 'leading.never[1]'],
      (d) => {
        d.leading.order[0] = 'wijkteam';
        d.leading.never[1] = 'politie';
      },
    ],
    ['no leading rule', ['leading'], (d) => delete d.leading],
    ['another tie-break', ['leading.tieBreaks'], (d) => (d.leading.tieBreaks = ['coin'])],
    [
      'tie-breaks that may not decide',
      ['leading.tieBreaks'],
      (d) => (d.leading.tieBreaks = ['municipality-of-youth']),
    ],
    [
      'an organisation without municipalities',
      ['organisations[1].municipalities'],
      (d) => (d.organisations[1].municipalities = []),
    ],
    [
      'a kind that fits no contact card',
      ['organisations[1].kind'],
      (d) => (d.organisations[1].kind = '1'.repeat(3)),
    ],
    ['no term', ['followUp.stalledAfterWorkingDays'], (d) => delete d.followUp.stalledAfterWorkingDays],
    [
      'an escalation before a match is stalled',
      ['followUp.escalatedAfterWorkingDays'],
      (d) => (d.followUp.escalatedAfterWorkingDays = d.followUp.stalledAfterWorkingDays),
    ],
    ['an unknown sector in mails', ['mails.logInToSee'], (d) => (d.mails.logInToSee = ['sport'])],
    [
      'an addendum with more than a name and a date',
      ['organisations[0].addendum.text'],
      (d) => (d.organisations[0].addendum = { name: 'Addendum', date: '2026-01-01', text: 'x' }),
    ],
    [
      'an addendum of a day that does not exist',
      ['organisations[0].addendum.date'],
      (d) => (d.organisations[0].addendum = { name: 'Addendum', date: '2026-02-30' }),
    ],
    [
      'a code that YAML read as a number',
      ['municipalities[0].code'],
      (d) => (d.municipalities[0].code = 344),
    ],
    ['an address of a page in a name', ['name'], (d) => (d.name = 'Kijk op https://elders.example')],
  ])('is refused with %s, naming the part', (_, parts, change) => {
    expect([...new Set(partsOf(changed(change)))]).toEqual(parts);
  });

  it('tells which kinds an older version has that are not in the list, and what they are called now', () => {
    const older = readCovenant(text);
    expect(otherKindsOf(older)).toEqual([]);
    older.organisations[3]!.kind = 'wijkteam';
    older.organisations[6]!.kind = 'sports-club';
    expect(otherKindsOf(older)).toEqual([
      { organisation: 'Buurtteam Lombok', kind: 'wijkteam', listedAs: 'neighbourhood-team' },
      { organisation: 'Basisschool De Linde', kind: 'sports-club' },
    ]);
  });

  it('may be of a national reporter, without municipalities', () => {
    const national = changed((d) => {
      d.organisations[7].kind = 'protection-board';
      d.municipalities = [];
      for (const organisation of d.organisations) organisation.municipalities = [];
    });
    expect(partsOf(national)).toEqual([]);
  });

  it.each(['midden-nederland', 'jeugdmatch', 'rijnmond'])(
    'is written as a text that reads as the same document, and is written the same again: %s',
    (region) => {
      const original = readFileSync(demoFile(region, 'covenant'), 'utf8');
      const written = writeCovenant(readCovenant(original));
      expect(parse(written)).toEqual(parse(original));
      expect(writeCovenant(readCovenant(written))).toBe(written);
    },
  );

  it('is refused when it is no YAML, or no document at all', () => {
    expect(partsOf('name: [\n')).toEqual([expect.stringMatching(/^regel \d+$/)]);
    expect(partsOf('')).toEqual(['document']);
    expect(partsOf('- a\n- b\n')).toEqual(['document']);
  });

  it('says in Dutch what is wrong, and where', () => {
    expect(() => readCovenant(changed((d) => (d.retentionMonths = 36)))).toThrow(
      'Het convenant is niet geldig:\n  - retentionMonths: De bewaartermijn is ten hoogste 24 maanden (Jeugdwet 7.1.4.5).',
    );
  });
});
