import type { LiberationDay } from '../covenant-document.js';

const DAY = 24 * 60 * 60 * 1000;
const text = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/**
 * Says whether a day is a public holiday: New Year's Day, Good Friday, Easter Sunday and Monday, King's Day (27 April, or the Saturday
 * before when that is a Sunday), Ascension Day, Whit Sunday and Monday, both days of Christmas, and Liberation Day as the covenant says.
 * @param day `YYYY-MM-DD`
 * @source Algemene termijnenwet 3; convenant: followUp.liberationDay
 */
export function isPublicHoliday(day: string, liberationDay: LiberationDay): boolean {
  const year = Number(day.slice(0, 4));
  const monthAndDay = day.slice(5);
  if (['01-01', '12-25', '12-26', kingsDay(year)].includes(monthAndDay)) return true;
  if (monthAndDay === '05-05')
    return liberationDay === 'every-year' || (liberationDay === 'every-five-years' && year % 5 === 0);
  return [-2, 0, 1, 39, 49, 50].some((days) => text(easter(year) + days * DAY) === day);
}

const kingsDay = (year: number): string =>
  new Date(Date.UTC(year, 3, 27)).getUTCDay() === 0 ? '04-26' : '04-27';

/** Easter Sunday by the Gregorian calendar (algorithm of Meeus, Jones and Butcher), as UTC milliseconds. */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}
