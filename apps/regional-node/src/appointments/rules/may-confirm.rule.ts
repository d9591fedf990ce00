/**
 * An operator is appointed or dismissed by two pairs of eyes: one operator proposes, another one confirms. The person concerned does not confirm.
 * People are compared, not their designations.
 * @source BIO 9.2.3 (bevoorrechte toegangsrechten); AVG 32
 */
export const mayConfirm = (
  confirmer: string,
  { proposedBy, about }: { proposedBy: string; about: string },
): boolean => confirmer !== proposedBy && confirmer !== about;

/**
 * Where no other operator can confirm, the second pair of eyes is the command on the machine of the node.
 * @param operators who are operator now
 * @source BIO 9.2.3
 */
export const isConfirmedOnMachine = (
  operators: readonly string[],
  proposal: { proposedBy: string; about: string },
): boolean => !operators.some((operator) => mayConfirm(operator, proposal));
