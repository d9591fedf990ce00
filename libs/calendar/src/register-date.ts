import { dayOf, isDay, lengthOfMonth, type Day } from './day.js';
import { addYears } from './rules/add-months.rule.js';

/**
 * A date of the person register, of which parts may be unknown (BRP API Personen 2.7, `AbstractDatum`).
 * `langFormaat` is the register's own text of it ("12 mei 2012", "mei 2012", "2012", "onbekend").
 */
export type RegisterDate = { langFormaat?: string } & (
  | { type: 'Datum'; datum: Day }
  | { type: 'JaarMaandDatum'; jaar: number; maand: number }
  | { type: 'JaarDatum'; jaar: number }
  | { type: 'DatumOnbekend'; onbekend: true }
);

const isYear = (value: unknown): boolean =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 9999;

/** Whether a value read from outside is a date of the register, with parts that exist in the calendar. */
export function isRegisterDate(value: unknown): value is RegisterDate {
  if (typeof value !== 'object' || value === null) return false;
  const { type, datum, jaar, maand, onbekend } = value as Record<string, unknown>;
  switch (type) {
    case 'Datum':
      return typeof datum === 'string' && isDay(datum);
    case 'JaarMaandDatum':
      return isYear(jaar) && lengthOfMonth(Number(jaar), maand as number) !== undefined;
    case 'JaarDatum':
      return isYear(jaar);
    case 'DatumOnbekend':
      return onbekend === true;
    default:
      return false;
  }
}

/** The first day that the date can stand for; undefined when nothing of it is known. */
export function earliestPossibleDay(date: RegisterDate): Day | undefined {
  switch (date.type) {
    case 'Datum':
      return date.datum;
    case 'JaarMaandDatum':
      return dayOf(date.jaar, date.maand, 1);
    case 'JaarDatum':
      return dayOf(date.jaar, 1, 1);
    case 'DatumOnbekend':
      return undefined;
  }
}

/** The last day that the date can stand for; undefined when nothing of it is known. */
export function latestPossibleDay(date: RegisterDate): Day | undefined {
  switch (date.type) {
    case 'Datum':
      return date.datum;
    case 'JaarMaandDatum':
      return dayOf(date.jaar, date.maand, lengthOfMonth(date.jaar, date.maand) ?? 31);
    case 'JaarDatum':
      return dayOf(date.jaar, 12, 31);
    case 'DatumOnbekend':
      return undefined;
  }
}

/**
 * The day on which somebody reaches an age at the latest.
 *
 * Rule "an incomplete birth date counts as its latest possible day": somebody of whom only 2003 is known was born on
 * 31 December 2003 at the latest, and keeps until then the rights that end with the age.
 * Undefined when nothing of the date is known: then no birthday can be named.
 */
export function birthdayLatest(birth: RegisterDate, years: number): Day | undefined {
  const latest = latestPossibleDay(birth);
  return latest === undefined ? undefined : addYears(latest, years);
}

/** Whether somebody has reached an age on a day, whatever the unknown parts of the birth date are. */
export function ageIsCertainlyAtLeast(birth: RegisterDate, years: number, onDay: Day): boolean {
  const birthday = birthdayLatest(birth, years);
  return birthday !== undefined && birthday <= onDay;
}
