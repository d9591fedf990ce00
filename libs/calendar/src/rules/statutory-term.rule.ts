import { addDays, type Day } from '../day.js';
import { addMonths, addYears } from './add-months.rule.js';
import { isRecognisedHoliday } from './recognised-holiday.rule.js';

/** A term that a law or a general order in council sets. */
export type StatutoryTerm = { days: number } | { weeks: number } | { months: number } | { years: number };

const [LONGEST_IN_DAYS, LONGEST_IN_WEEKS, LONGEST_IN_MONTHS] = [90, 12, 3];
const [DAYS_FROM_WHICH_TWO_ARE_WORKING_DAYS, THOSE_WORKING_DAYS] = [3, 2];

/**
 * The last day of a statutory term. One that would end on a Saturday, a Sunday or a generally recognised holiday ends on the next day that is
 * none. One of three days or more has at least two days that are none. Terms of more than 90 days, twelve weeks or three months, and terms
 * in years, are not extended: so neither are the two years of a signal and the five years of the archive.
 * Terms of a covenant count working days and have a calendar of their own.
 * @param from the day before the first day of the term, `YYYY-MM-DD`
 * @param equated days that a royal decree treats as holidays, `YYYY-MM-DD`
 * @source Algemene termijnenwet 1, 2, 3 and 4
 */
export function statutoryTermEnds(from: Day, term: StatutoryTerm, equated: readonly Day[] = []): Day {
  const isWorking = (day: Day) => !isWeekend(day) && !isRecognisedHoliday(day, equated);
  let end = endOf(from, term);
  if (!isExtended(term)) return end;
  const isShort = 'days' in term && term.days < DAYS_FROM_WHICH_TWO_ARE_WORKING_DAYS;
  const needed = isShort ? 0 : THOSE_WORKING_DAYS;
  let working = 0;
  for (let day = addDays(from, 1); day <= end; day = addDays(day, 1)) if (isWorking(day)) working += 1;
  while (!isWorking(end) || working < needed) {
    end = addDays(end, 1);
    if (isWorking(end)) working += 1;
  }
  return end;
}

function endOf(from: Day, term: StatutoryTerm): Day {
  if ('days' in term) return addDays(from, term.days);
  if ('weeks' in term) return addDays(from, term.weeks * 7);
  return 'months' in term ? addMonths(from, term.months) : addYears(from, term.years);
}

function isExtended(term: StatutoryTerm): boolean {
  if ('days' in term) return term.days <= LONGEST_IN_DAYS;
  if ('weeks' in term) return term.weeks <= LONGEST_IN_WEEKS;
  return 'months' in term && term.months <= LONGEST_IN_MONTHS;
}

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
