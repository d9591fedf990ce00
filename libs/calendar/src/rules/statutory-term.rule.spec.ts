import { statutoryTermEnds } from './statutory-term.rule.js';

describe('a statutory term', () => {
  it('that ends on a working day ends there', () => {
    // Tuesday 24 November 2026
    expect(statutoryTermEnds('2026-11-24', { weeks: 6 })).toBe('2027-01-05');
    expect(statutoryTermEnds('2026-11-24', { days: 3 })).toBe('2026-11-27');
    expect(statutoryTermEnds('2026-11-24', { months: 1 })).toBe('2026-12-24');
  });

  it('that would end in a weekend or on a holiday ends on the next day that is none', () => {
    expect(statutoryTermEnds('2026-11-21', { weeks: 1 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2026-11-22', { weeks: 1 })).toBe('2026-11-30');
    // Friday and Saturday are Christmas
    expect(statutoryTermEnds('2026-11-25', { months: 1 })).toBe('2026-12-28');
    // Good Friday to Easter Monday
    expect(statutoryTermEnds('2026-03-27', { weeks: 1 })).toBe('2026-04-07');
  });

  it('does not end on 5 May of any year', () => {
    expect(statutoryTermEnds('2026-04-28', { weeks: 1 })).toBe('2026-05-06');
    expect(statutoryTermEnds('2027-04-28', { weeks: 1 })).toBe('2027-05-07');
  });

  it('of three days or more has two working days', () => {
    // Thursday before Easter: the term would end on Tuesday as its first working day
    expect(statutoryTermEnds('2026-04-02', { days: 3 })).toBe('2026-04-08');
    expect(statutoryTermEnds('2026-04-02', { days: 2 })).toBe('2026-04-07');
    expect(statutoryTermEnds('2026-11-26', { days: 4 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2026-11-27', { days: 3 })).toBe('2026-12-01');
  });

  it('does not end on a day that a royal decree equates with a holiday', () => {
    expect(statutoryTermEnds('2026-05-08', { weeks: 1 })).toBe('2026-05-15');
    expect(statutoryTermEnds('2026-05-08', { weeks: 1 }, ['2026-05-15'])).toBe('2026-05-18');
  });

  it('is not extended when it is long', () => {
    // each ends on a Saturday or Sunday
    expect(statutoryTermEnds('2026-08-30', { days: 90 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2026-08-30', { days: 91 })).toBe('2026-11-29');
    expect(statutoryTermEnds('2026-09-05', { weeks: 12 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2026-08-29', { weeks: 13 })).toBe('2026-11-28');
    expect(statutoryTermEnds('2026-08-28', { months: 3 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2026-07-28', { months: 4 })).toBe('2026-11-28');
    expect(statutoryTermEnds('2024-11-30', { years: 2 })).toBe('2026-11-30');
    expect(statutoryTermEnds('2024-11-28', { years: 2 })).toBe('2026-11-28');
  });
});
