import { MunicipalityTable } from '#libs/municipalities';
import { hasMoved } from './has-moved.rule.js';
import { isCodeChange, mayHaveMerged } from './is-code-change.rule.js';
import { regionToTell } from './region-to-tell.rule.js';

describe('a move', () => {
  const known = { municipality: '0344', isProtected: false };
  it('is another municipality than was known', () => {
    expect(hasMoved(known, { municipality: '0599' })).toBe(true);
    expect(hasMoved(known, { municipality: '0344' })).toBe(false);
  });
  it.each([
    ['0344', '1999'],
    ['1999', '0000'],
    ['0000', '0344'],
    ['1999', '0344'],
  ])('is none when a code says abroad or unknown: %s to %s', (before, now) => {
    expect(hasMoved({ ...known, municipality: before }, { municipality: now })).toBe(false);
  });
  it('is none when something is not known, or was or is protected', () => {
    expect(hasMoved(known, { municipality: null })).toBe(false);
    expect(hasMoved({ municipality: null, isProtected: false }, { municipality: '0344' })).toBe(false);
    expect(hasMoved({ ...known, isProtected: true }, { municipality: '0599' })).toBe(false);
  });
});

describe('another code of a municipality', () => {
  // A merged into B on the first of 2027, S was split on that day, T was split and one part named; the rest goes on
  const table = new MunicipalityTable(
    [
      { code: '0001', name: 'A', end: '2027-01-01', successor: '0002' },
      { code: '0002', name: 'B' },
      { code: '0003', name: 'S', end: '2027-01-01' },
      { code: '0004', name: 'T', end: '2027-01-01', successor: '0002' },
      { code: '0005', name: 'C' },
    ],
    '2027-01-01',
  );
  const from = (municipality: string, residenceAsOf: string | null = '2015-06-01') => ({
    ...{ municipality, residenceAsOf },
  });
  it.each([
    ['its successor, from the day of the merger', '0001', '0002', '2027-01-01', true],
    ['its successor, enrolled a day later', '0001', '0002', '2027-01-02', true],
    ['its successor, with the old day of enrolment', '0001', '0002', '2015-06-01', true],
    ['its successor, without a day', '0001', '0002', null, true],
    ['a part of a split one, from that day', '0003', '0005', '2027-01-01', true],
    ['a part that the table does not name, from that day', '0004', '0005', '2027-01-01', true],
    ['a part of a split one, without a day', '0003', '0005', null, true],
    ['the successor to be, before the day: a move', '0001', '0002', '2026-12-31', false],
    ['another one after the merger: a move', '0001', '0005', '2027-01-02', false],
    ['another one after the split: a move', '0003', '0005', '2027-01-02', false],
    ['another one from a code that goes on: a move', '0005', '0002', '2027-01-01', false],
    ['another one from a code outside the table: a move', '0009', '0002', '2027-01-01', false],
  ])('is %s', (_what, before, now, day, isChange) => {
    expect(isCodeChange(from(before), from(now, day), '2027-01-05', table)).toBe(isChange);
  });
  it('is so from today on when no day tells, also of a youth without an earlier one', () => {
    expect(isCodeChange(from('0001'), from('0002', null), '2026-12-31', table)).toBe(false);
    expect(isCodeChange(from('0001'), from('0002', null), '2027-01-01', table)).toBe(true);
    expect(isCodeChange(from('0001', null), from('0002', null), '2027-01-01', table)).toBe(true);
    expect(isCodeChange(from('0001', null), from('0005', '2027-01-02'), '2027-01-05', table)).toBe(false);
    expect(isCodeChange(from('0001', null), from('0002', '2026-06-01'), '2027-01-05', table)).toBe(false);
  });

  describe('a municipality that may have merged unknown to the table', () => {
    const old = { factOf: table.factOf.bind(table), isOldOn: (day: string) => day >= '2028-01-01' };
    const at = (municipality: string, residenceAsOf: string | null) => ({ municipality, residenceAsOf });
    it.each([
      ['is one on a 1 January later than the table', '0005', '2028-01-01', '2028-01-05', true],
      ['is one without a new day of enrolment', '0005', null, '2028-01-05', true],
      ['is none on another day', '0005', '2028-01-02', '2028-01-05', false],
      ['is none on a 1 January of which the table tells', '0005', '2027-01-01', '2028-01-05', false],
      ['is none while the table is new', '0005', null, '2027-12-31', false],
      ['is none that ended already', '0001', '2028-01-01', '2028-01-05', false],
    ])('%s', (_what, before, day, today, may) => {
      expect(mayHaveMerged(at(before, '2015-06-01'), at('0002', day), today, old)).toBe(may);
    });
  });
});

describe('the region that is told about a youth', () => {
  it.each([
    ['is that of the municipality', false, 'jeugdmatch', 'jeugdmatch'],
    ['is none when the municipality is in the own region', false, 'rijnmond', undefined],
    ['is none when no region has the municipality', false, undefined, undefined],
    ['is never any when the address is protected', true, 'jeugdmatch', undefined],
  ])('%s', (_what, isProtected, region, told) => {
    expect(regionToTell({ isProtected }, region, 'rijnmond')).toBe(told);
  });
});
