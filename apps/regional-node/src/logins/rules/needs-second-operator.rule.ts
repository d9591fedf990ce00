/**
 * A login that works changes by two operators, since whoever has it then acts as this person. A login that never worked is attached by one:
 * that gives nothing that entering a new person does not give.
 * @source BIO 9.2.3; AVG 32
 */
export const needsSecondOperator = ({ firstLoginAt }: { firstLoginAt: Date | null }): boolean =>
  firstLoginAt !== null;
