/**
 * The day on which a signal is removed at the latest: when the covenant's term is over, at most two years, or on the
 * 23rd birthday if that is earlier (Jeugdwet 7.1.4.5).
 * A month without that day ends the term on its last one: 31 August plus six months is 28 February.
 * @param filedOn day of filing, `YYYY-MM-DD`.
 * @param birthday23 day on which the youth is 23 at the latest; undefined when the register knows no birth date.
 * @source Jeugdwet 7.1.4.5 lid 1; convenant: retentionMonths
 */
export function removalDate(
  filedOn: string,
  retentionMonths: number,
  birthday23: string | undefined,
): string {
  const [year = 0, month = 0, day = 0] = filedOn.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + retentionMonths, 0)).getUTCDate();
  const termEnds = new Date(Date.UTC(year, month - 1 + retentionMonths, Math.min(day, lastDay)))
    .toISOString()
    .slice(0, 10);
  return birthday23 !== undefined && birthday23 < termEnds ? birthday23 : termEnds;
}
