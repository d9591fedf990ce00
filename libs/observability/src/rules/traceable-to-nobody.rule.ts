/** A count of persons in national statistics. */
export type NationalCount = number | '<10';

/**
 * Counts are told in tens, and below ten not at all, not even whether they are zero: few persons in a figure may be recognised, and two exact
 * figures shortly after one another would tell of one person.
 * @source Jeugdwet 7.1.2.3 lid 1 sub h
 */
export const nationalCount = (count: number): NationalCount =>
  count < 10 ? '<10' : Math.round(count / 10) * 10;
