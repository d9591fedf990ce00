import {
  ageIsCertainlyAtLeast,
  birthdayLatest,
  earliestPossibleDay,
  isRegisterDate,
  latestPossibleDay,
  type RegisterDate,
} from './index.js';

const complete: RegisterDate = { type: 'Datum', datum: '2003-11-24' };
const leapDay: RegisterDate = { type: 'Datum', datum: '2004-02-29' };
const month: RegisterDate = { type: 'JaarMaandDatum', jaar: 2004, maand: 2 };
const year: RegisterDate = { type: 'JaarDatum', jaar: 2003 };
const unknown: RegisterDate = { type: 'DatumOnbekend', onbekend: true };

describe('a date of the register', () => {
  it('stands for a first and a last possible day', () => {
    expect(
      [complete, month, year, unknown].map((date) => [earliestPossibleDay(date), latestPossibleDay(date)]),
    ).toEqual([
      ['2003-11-24', '2003-11-24'],
      ['2004-02-01', '2004-02-29'],
      ['2003-01-01', '2003-12-31'],
      [undefined, undefined],
    ]);
  });

  it('is recognised among what comes from outside', () => {
    expect([complete, leapDay, month, year, unknown].every(isRegisterDate)).toBe(true);
    const others = [
      null,
      '2003-11-24',
      {},
      { type: 'Datum', datum: '2003-02-29' },
      { type: 'Datum' },
      { type: 'JaarDatum', jaar: 0 },
      { type: 'JaarDatum', jaar: '2003' },
      { type: 'JaarMaandDatum', jaar: 2003, maand: 13 },
      { type: 'JaarMaandDatum', jaar: 2003 },
      { type: 'DatumOnbekend' },
      { type: 'Iets', jaar: 2003 },
    ];
    expect(others.filter(isRegisterDate)).toEqual([]);
  });
});

describe('an age', () => {
  it('is reached on the birthday and not the day before', () => {
    expect(ageIsCertainlyAtLeast(complete, 23, '2026-11-23')).toBe(false);
    expect(ageIsCertainlyAtLeast(complete, 23, '2026-11-24')).toBe(true);
    expect(birthdayLatest(complete, 23)).toBe('2026-11-24');
  });

  it('of somebody born on 29 February is reached on 1 March', () => {
    expect(birthdayLatest(leapDay, 23)).toBe('2027-03-01');
    expect(ageIsCertainlyAtLeast(leapDay, 23, '2027-02-28')).toBe(false);
    expect(ageIsCertainlyAtLeast(leapDay, 23, '2027-03-01')).toBe(true);
    expect(ageIsCertainlyAtLeast(leapDay, 20, '2024-02-29')).toBe(true);
  });

  it('is certain only when the latest possible birth date says so', () => {
    expect(birthdayLatest(year, 23)).toBe('2026-12-31');
    expect(ageIsCertainlyAtLeast(year, 23, '2026-12-30')).toBe(false);
    expect(ageIsCertainlyAtLeast(year, 23, '2026-12-31')).toBe(true);
    expect(birthdayLatest(month, 22)).toBe('2026-03-01');
    expect(birthdayLatest({ type: 'JaarMaandDatum', jaar: 2003, maand: 11 }, 23)).toBe('2026-11-30');
  });

  it('of somebody whose birth date is unknown is never certain', () => {
    expect(birthdayLatest(unknown, 23)).toBeUndefined();
    expect(ageIsCertainlyAtLeast(unknown, 1, '9999-12-31')).toBe(false);
  });
});
