import { addMonths, addYears } from './add-months.rule.js';

describe('a day so many months or years later', () => {
  it.each([
    ['2026-11-24', 24, '2028-11-24'],
    ['2026-11-24', 1, '2026-12-24'],
    ['2026-11-24', 2, '2027-01-24'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2027-01-24', -2, '2026-11-24'],
  ])('%s plus %i months is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it.each([
    ['2026-08-31', 6, '2027-03-01'],
    ['2027-08-31', 6, '2028-03-01'],
    ['2027-08-30', 6, '2028-03-01'],
    ['2027-08-29', 6, '2028-02-29'],
    ['2026-10-31', 1, '2026-12-01'],
    ['2026-12-31', 2, '2027-03-01'],
  ])('is the first of the next month when the month is too short: %s plus %i is %s', (day, months, later) => {
    expect(addMonths(day, months)).toBe(later);
  });

  it('of 29 February is 1 March, in years and in months alike, except in a leap year', () => {
    expect([addYears('2004-02-29', 23), addMonths('2004-02-29', 276)]).toEqual(['2027-03-01', '2027-03-01']);
    expect([addYears('2004-02-29', 24), addMonths('2004-02-29', 288)]).toEqual(['2028-02-29', '2028-02-29']);
    expect([addYears('2028-02-29', 5), addMonths('2028-02-29', 24)]).toEqual(['2033-03-01', '2030-03-01']);
    expect(addYears('2028-02-29', -1)).toBe('2027-03-01');
    expect(addYears('2096-02-29', 4)).toBe('2100-03-01');
    expect(addYears('2004-02-28', 23)).toBe('2027-02-28');
    expect(addYears('2004-03-01', 23)).toBe('2027-03-01');
  });
});
