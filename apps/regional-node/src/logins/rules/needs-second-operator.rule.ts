/**
 * A login that works changes by two operators, since whoever has it then acts as this person. A login that never worked is attached by one:
 * that gives nothing that entering a new person does not give.
 * @param designations all of the person: a new one does not make their login new
 * @source BIO 9.2.3; AVG 32
 */
export const needsSecondOperator = (designations: readonly { firstLoginAt: Date | null }[]): boolean =>
  designations.some(({ firstLoginAt }) => firstLoginAt !== null);
