/** A count of persons in national statistics. */
export type NationalCount = number | '<10';

/**
 * Counts below ten are not told, not even whether they are zero: few persons in a national figure may be recognised.
 * @source Jeugdwet 7.1.2.3 lid 1 sub h
 */
export const nationalCount = (count: number): NationalCount => (count < 10 ? '<10' : count);
