/** A version as the rule sees it: its number, and the first day on which it is in force, `YYYY-MM-DD`. */
export interface DatedVersion {
  version: number;
  effectiveFrom: string;
}

/**
 * Names the version of the covenant that is in force on a day: the one that began last, on that day or before. A version is in force from
 * midnight in Amsterdam, so that a day has one covenant. Days before the first version go by that one.
 * @param versions those that were not withdrawn
 * @param day `YYYY-MM-DD`, in Amsterdam
 * @source Jeugdwet 7.1.3.1
 */
export function covenantInForce<Version extends DatedVersion>(
  versions: readonly Version[],
  day: string,
): Version | undefined {
  const byDay = [...versions].sort(
    (a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version - b.version,
  );
  return byDay.filter(({ effectiveFrom }) => effectiveFrom <= day).at(-1) ?? byDay[0];
}
