import { dayOf, lengthOfMonth, type Day } from '../day.js';

/**
 * The same day so many months later. A day that the month does not have becomes the first of the next month: 29 February plus twelve months
 * is 1 March, and so is 31 August plus six. Every birthday, age and term in months or years goes by this rule.
 * A person born on 29 February reaches an age when 28 February is over; a term in months or years has run when its last day is over.
 * @source Jeugdwet 7.1.1.1, 7.1.4.5 and 7.1.5.1 name ages and terms in years, and no day for 29 February; agreement of the federation
 */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const length = lengthOfMonth(toYear, toMonth)!;
  if (date <= length) return dayOf(toYear, toMonth, date);
  // December has every day, so this stays within the year
  return dayOf(toYear, toMonth + 1, 1);
}

/** The same day so many years later, by `addMonths`. Negative numbers go back. */
export const addYears = (day: Day, years: number): Day => addMonths(day, years * 12);
