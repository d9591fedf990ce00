/** Where a version of the covenant stands. */
export const COVENANT_STATES = ['scheduled', 'in-force', 'superseded', 'withdrawn'] as const;
export type CovenantState = (typeof COVENANT_STATES)[number];

/**
 * Says where a version stands: it is in force, begins on a later day, was followed by another one, or was withdrawn before its day.
 * @param inForce number of the version that is in force
 * @param today `YYYY-MM-DD`, in Amsterdam
 * @source Jeugdwet 7.1.3.1
 */
export function covenantState(
  {
    version,
    effectiveFrom,
    withdrawnAt,
  }: { version: number; effectiveFrom: string; withdrawnAt: Date | null },
  inForce: number,
  today: string,
): CovenantState {
  if (withdrawnAt) return 'withdrawn';
  if (version === inForce) return 'in-force';
  return effectiveFrom > today ? 'scheduled' : 'superseded';
}
