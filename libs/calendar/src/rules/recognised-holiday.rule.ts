import { addDays, dayOf, type Day } from '../day.js';

const [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION_DAY, WHIT_MONDAY] = [-2, 1, 39, 50];

/**
 * Says whether a day is a generally recognised holiday of the law: New Year's Day, Good Friday, Easter Monday, King's Day, 5 May of every
 * year, Ascension Day, Whit Monday and both days of Christmas. Easter Sunday and Whit Sunday are Sundays already.
 * @param equated days that a royal decree treats as holidays (lid 3), `YYYY-MM-DD`
 * @source Algemene termijnenwet 3
 */
export const isRecognisedHoliday = (day: Day, equated: readonly Day[] = []): boolean =>
  isLiberationDay(day) || isHolidayBesidesLiberationDay(day) || equated.includes(day);

export const isLiberationDay = (day: Day): boolean => day.endsWith('-05-05');

/** The holidays that every calendar has in common. 5 May is among them when it is Ascension Day. */
export function isHolidayBesidesLiberationDay(day: Day): boolean {
  const year = Number(day.slice(0, 4));
  if (['01-01', '12-25', '12-26', kingsDay(year)].includes(day.slice(5))) return true;
  return [GOOD_FRIDAY, EASTER_MONDAY, ASCENSION_DAY, WHIT_MONDAY].some(
    (days) => addDays(easter(year), days) === day,
  );
}

/** 27 April, or the Saturday before when that is a Sunday. */
const kingsDay = (year: number): string =>
  new Date(Date.UTC(year, 3, 27)).getUTCDay() === 0 ? '04-26' : '04-27';

/** Easter Sunday by the Gregorian calendar (algorithm of Meeus, Jones and Butcher). */
function easter(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}
