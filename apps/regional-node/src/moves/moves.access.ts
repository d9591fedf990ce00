/**
 * A process manager places the youths who moved to their own municipality (Jeugdwet 7.1.2.3 sub g).
 * @param ownCodes every code that stands for a municipality for which they act
 */
export const mayPlace = (ownCodes: readonly string[], municipality: string): boolean =>
  ownCodes.includes(municipality);
