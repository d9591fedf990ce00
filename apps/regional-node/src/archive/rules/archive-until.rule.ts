import { addYears } from '#libs/calendar';

const YEARS = 5;

/**
 * The day on which what was archived is destroyed: five years after the signal ended, or on the 23rd birthday when that is earlier. At death
 * it is destroyed before.
 * @param endedOn day on which the signal ended, `YYYY-MM-DD`
 * @param birthday23 day on which the youth is 23 at the latest; undefined when nobody knows it
 * @source Jeugdwet 7.1.4.5 lid 2; Jeugdwet 7.1.4.6
 */
export function archiveUntil(endedOn: string, birthday23: string | undefined): string {
  const termEnds = addYears(endedOn, YEARS);
  return birthday23 !== undefined && birthday23 < termEnds ? birthday23 : termEnds;
}
