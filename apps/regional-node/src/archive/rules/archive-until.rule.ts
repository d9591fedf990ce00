import { addYears } from '#libs/bsn';

const YEARS = 5;

/**
 * The day on which what was archived is destroyed at the latest. On the 23rd birthday, or at death, it is destroyed earlier.
 * @param endedOn day on which the signal ended, `YYYY-MM-DD`
 * @source Jeugdwet 7.1.4.5 lid 2
 */
export const archiveUntil = (endedOn: string): string => addYears(endedOn, YEARS);
