import type { GivenData } from './person-meant.rule.js';

/** A datum that can be asked for, beside surname, birth date and sex. */
export type Datum = keyof GivenData;

/**
 * What to ask for when the data that were given do not identify one person. Depends on nothing but which data were given: who is asked
 * for more does not learn whether somebody is in the register, or whose address is secret.
 * @returns undefined when there is nothing left to ask
 * @source AVG 5 lid 1 sub f; Wet BRP 2.59
 */
export function nextDatum(given: GivenData): Datum | undefined {
  if (!given.givenName) return 'givenName';
  if (!given.postcode) return 'postcode';
  return given.houseNumber ? undefined : 'houseNumber';
}
