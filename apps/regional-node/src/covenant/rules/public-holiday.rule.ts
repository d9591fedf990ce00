import { isHolidayBesidesLiberationDay, isLiberationDay } from '#libs/calendar';
import type { LiberationDay } from '../covenant-document.js';

/**
 * Says whether a day is a holiday for the terms of a covenant: the holidays of the law, but 5 May as the covenant says. Terms that a law sets
 * have a calendar of their own, in which 5 May is a holiday in every year.
 * @param day `YYYY-MM-DD`
 * @source convenant: followUp.liberationDay; the other days as in Algemene termijnenwet 3
 */
export function isPublicHoliday(day: string, liberationDay: LiberationDay): boolean {
  if (isHolidayBesidesLiberationDay(day)) return true;
  if (!isLiberationDay(day) || liberationDay === 'never') return false;
  return liberationDay === 'every-year' || Number(day.slice(0, 4)) % 5 === 0;
}
