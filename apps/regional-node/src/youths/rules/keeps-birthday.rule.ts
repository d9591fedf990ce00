import { addYears } from '#libs/calendar';

/** A signal lasts two years at most, the archive five more. */
const YEARS = 7;

/**
 * Says whether a record keeps the 23rd birthday. It does when that day can come before the archive's term is over: the archive is destroyed
 * that day, also while the person register is away. Of younger ones it decides nothing, so it is not kept.
 * @param birthday23 day on which the youth is 23 at the latest, `YYYY-MM-DD`
 * @param today in Amsterdam, `YYYY-MM-DD`
 * @source Jeugdwet 7.1.4.5 lid 2; AVG 5 lid 1 sub c
 */
export const keepsBirthday = (birthday23: string, today: string): boolean =>
  birthday23 < addYears(today, YEARS);
