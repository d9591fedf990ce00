export const REPRESENTATIVES = ['both-parents', 'one-parent', 'parent-and-other', 'guardian'] as const;
/** Who the legal representatives of a minor are. */
export type Representatives = (typeof REPRESENTATIVES)[number];

/** A relation of authority as the person register has it (BRP API Personen 2.7, `Gezagsrelatie`). */
export interface AuthorityRelation {
  type: string;
  /** Nine digits of the minor whom it is about: a parent who is a minor has relations about a child too. */
  minor: string;
  inQuestion: boolean;
}

const REPRESENTED_BY: ReadonlyMap<string, Representatives> = new Map([
  ['GezamenlijkOuderlijkGezag', 'both-parents'],
  ['EenhoofdigOuderlijkGezag', 'one-parent'],
  ['GezamenlijkGezag', 'parent-and-other'],
  ['Voogdij', 'guardian'],
]);

/**
 * Names the legal representatives of a minor by the authority that the person register has: both parents, one of them, a parent with
 * somebody else, or a guardian. Unknown when nobody has authority for now, when the register cannot determine it, when it is investigating
 * it, or when it names more than one relation: then words are used that fit every case.
 * @param digits nine digits of the minor
 * @source Jeugdwet 7.1.5.1 lid 1; Burgerlijk Wetboek 1:245
 */
export function representativesBy(
  relations: readonly AuthorityRelation[],
  digits: string,
): Representatives | undefined {
  const [relation, ...others] = relations.filter(({ minor }) => minor === digits);
  if (!relation || others.length > 0 || relation.inQuestion) return undefined;
  return REPRESENTED_BY.get(relation.type);
}
