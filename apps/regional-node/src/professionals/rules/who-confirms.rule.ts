import type { PersonProposalKind } from '../person-proposal.entity.js';

/** The organisation of whom a proposal is about, in numbers of present people. */
interface Staffing {
  people: number;
  coordinators: number;
}

/**
 * Whether this is the one functionary of an organisation: nobody in it can speak for it but they.
 * @source Jeugdwet 7.1.1.2 lid 2
 */
export const isSolo = ({ people, coordinators }: Staffing): boolean => people === 1 && coordinators === 0;

/**
 * Says in which role somebody confirms a proposal about a person. An organisation designates its own people, so a designation that the operator
 * entered is confirmed by its coordinator; that of a solo functionary by another operator. Who stands in or takes over is confirmed by another
 * coordinator or by the operator.
 * @source Jeugdwet 7.1.1.2 lid 1 sub c, 7.1.3.3
 */
export function whoConfirms(
  kind: PersonProposalKind,
  organisation: Staffing,
): readonly ('coordinator' | 'operator')[] {
  if (kind !== 'designation') return ['coordinator', 'operator'];
  return isSolo(organisation) ? ['operator'] : ['coordinator'];
}
