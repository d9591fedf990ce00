import { addMonths } from '#libs/calendar';

/**
 * The day on which a signal is removed at the latest: when the covenant's term is over, at most two years, or on the
 * 23rd birthday if that is earlier (Jeugdwet 7.1.4.5).
 * @param filedOn day of filing, `YYYY-MM-DD`.
 * @param birthday23 day on which the youth is 23 at the latest; undefined when the register knows no birth date.
 * @source Jeugdwet 7.1.4.5 lid 1; convenant: retentionMonths
 */
export function removalDate(
  filedOn: string,
  retentionMonths: number,
  birthday23: string | undefined,
): string {
  const termEnds = addMonths(filedOn, retentionMonths);
  return birthday23 !== undefined && birthday23 < termEnds ? birthday23 : termEnds;
}
