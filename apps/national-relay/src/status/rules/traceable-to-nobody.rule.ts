/** A count of persons in national statistics. */
export type NationalCount = number | '<10';

/** Counts below ten are not told, not even whether they are zero: few persons in a national figure may be recognised. */
export const nationalCount = (count: number): NationalCount => (count < 10 ? '<10' : count);
