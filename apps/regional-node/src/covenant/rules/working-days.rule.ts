import { addDays } from '#libs/calendar';
import type { LiberationDay } from '../covenant-document.js';
import { isPublicHoliday } from './public-holiday.rule.js';

/**
 * The last day of a term of working days: Saturdays, Sundays and public holidays do not count, nor does the day on which it begins.
 * @param from day on which the term begins, `YYYY-MM-DD`
 * @param workingDays at least 1
 * @source convenant: followUp
 */
export function lastDayOfTerm(from: string, workingDays: number, liberationDay: LiberationDay): string {
  let day = from;
  for (let counted = 0; counted < workingDays;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, liberationDay)) counted += 1;
  }
  return day;
}

const isWorkingDay = (day: string, liberationDay: LiberationDay): boolean =>
  ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()) && !isPublicHoliday(day, liberationDay);
