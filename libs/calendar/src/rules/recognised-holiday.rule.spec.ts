import { addDays } from '../day.js';
import { isHolidayBesidesLiberationDay, isRecognisedHoliday } from './recognised-holiday.rule.js';

const holidaysOf = (year: number) =>
  Array.from({ length: 366 }, (_, n) => addDays(`${year}-01-01`, n)).filter(
    (day) => day.startsWith(String(year)) && isRecognisedHoliday(day),
  );

describe('a generally recognised holiday', () => {
  it('is each of the days that the law names, 5 May in every year', () => {
    expect(holidaysOf(2026)).toEqual([
      ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-04-27', '2026-05-05', '2026-05-14', '2026-05-25'],
      ...['2026-12-25', '2026-12-26'],
    ]);
    expect([2025, 2026, 2027].every((year) => isRecognisedHoliday(`${year}-05-05`))).toBe(true);
    expect(isRecognisedHoliday('2026-05-04') || isRecognisedHoliday('2026-05-06')).toBe(false);
  });

  it.each([
    [2024, '2024-04-01'],
    [2025, '2025-04-21'],
    [2027, '2027-03-29'],
    [2038, '2038-04-26'],
    [2008, '2008-03-24'],
    [2100, '2100-03-29'],
  ])('is Easter Monday of %i: %s', (year, easterMonday) => {
    expect(holidaysOf(year)).toContain(easterMonday);
  });

  it("is King's Day, on the Saturday when the 27th is a Sunday", () => {
    const kingsDay = (year: number) => holidaysOf(year).filter((day) => /04-2[67]/.test(day));
    expect(kingsDay(2031)).toEqual(['2031-04-26']);
    expect(kingsDay(2026)).toEqual(['2026-04-27']);
  });

  it('is a day that a royal decree equates with one', () => {
    expect(isRecognisedHoliday('2026-05-15')).toBe(false);
    expect(isRecognisedHoliday('2026-05-15', ['2026-05-15'])).toBe(true);
  });

  it('is 5 May for every calendar only when it is Ascension Day', () => {
    expect(isHolidayBesidesLiberationDay('2026-05-05')).toBe(false);
    expect(isHolidayBesidesLiberationDay('2016-05-05')).toBe(true);
  });
});
