import { DAY, HOUR } from '#libs/clock';

/** A calendar day in the Netherlands, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

const two = (value: number): string => String(value).padStart(2, '0');

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The number of days of a month, 1 to 12; undefined for another month. */
export const lengthOfMonth = (year: number, month: number): number | undefined =>
  [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];

export const dayOf = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** Whether the text is an existing calendar day in the form `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0] = parts;
  return year > 0 && day > 0 && day <= (lengthOfMonth(year, month) ?? 0);
}

/** The time zone of every day, schedule and term of the programs. */
export const AMSTERDAM = 'Europe/Amsterdam';

const amsterdamTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: AMSTERDAM,
  hour: '2-digit',
  minute: '2-digit',
});
const amsterdam = new Intl.DateTimeFormat('en-CA', {
  timeZone: AMSTERDAM,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day so many days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  const moment = new Date(Date.parse(`${day}T00:00Z`) + days * DAY);
  return dayOf(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
}

/**
 * The moment at which clocks in the Netherlands show a time, `HH:MM`. Of a time that comes twice when summer time ends, the first; for one
 * that is left out when it begins, as long after midnight as it says.
 */
export function momentInAmsterdam(day: Day, time: string): Date {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  const summer = new Date(asIfUtc - 2 * HOUR);
  const shows = amsterdamTime.format(summer) === time && dayInAmsterdam(summer) === day;
  return shows ? summer : new Date(asIfUtc - HOUR);
}

/** The calendar day on which a moment falls in the Netherlands. */
export function dayInAmsterdam(moment: Date): Day {
  const parts = Object.fromEntries(amsterdam.formatToParts(moment).map(({ type, value }) => [type, value]));
  return dayOf(Number(parts.year), Number(parts.month), Number(parts.day));
}
