/** How often somebody consulted the person register in a day, and how many signals came of it. */
export interface LookUpsOfDay {
  previews: number;
  filings: number;
  signals: number;
}

/** Previews that no signal followed, and filings that led to none. */
export const lookUpsInVain = ({ previews, filings, signals }: LookUpsOfDay): number =>
  Math.max(0, previews - signals) + Math.max(0, filings - signals);

/**
 * Somebody whose look-ups lead to no signal more often in a day than work with youths explains is stopped for that day.
 * @source AVG 5 lid 1 sub b and f; Jeugdwet 7.1.2.1 lid 3 (use for any other purpose is forbidden)
 */
export const mayLookUp = (today: LookUpsOfDay, limit: number): boolean => lookUpsInVain(today) < limit;
