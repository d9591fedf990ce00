/**
 * Somebody who consults the person register more often in a day than work with youths explains is stopped for that day.
 * @source AVG 5 lid 1 sub b and f; Jeugdwet 7.1.2.1 lid 3 (use for any other purpose is forbidden)
 */
export const mayLookUp = (lookUpsToday: number, limit: number): boolean => lookUpsToday < limit;
