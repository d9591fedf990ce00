/**
 * Two operators change a login that works, since the holder of the new login acts as this person. One operator attaches a login that never worked:
 * that gives nothing that entering a new person does not give.
 * @param designations all of the person: a new one does not make their login new
 * @source BIO 9.2.3; AVG 32
 */
export const needsSecondOperator = (designations: readonly { firstLoginAt: Date | null }[]): boolean =>
  designations.some(({ firstLoginAt }) => firstLoginAt !== null);
