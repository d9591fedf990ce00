/** A signal that was filed on a youth without BSN, with who confirmed what. */
export interface DescribedSignal {
  entryId: string;
  /** Entries of others of which this professional says that they can be about the same youth. */
  confirmed: readonly string[];
  /** Entries of others of which this professional says that they are on another youth; known of this region only. */
  rejected?: readonly string[];
  /** The BSN of the youth has become known since. */
  bsnKnown: boolean;
  /** In this region only. */
  youthId?: string;
  person?: string;
}

/**
 * Says whether two signals of different professionals on youths without BSN who are described alike can be about the same youth. Once this
 * region knows both by BSN, the BSN says it; of another region's youth it does not know which BSN it is. What either filer rejected stays rejected.
 * @source Besluit Jeugdwet 7.3.1; Jeugdwet 7.1.2.3 lid 1 sub c
 */
export function mayBeSameYouth(own: DescribedSignal, other: DescribedSignal): boolean {
  if (own.person === other.person) return false;
  if (own.rejected?.includes(other.entryId) || other.rejected?.includes(own.entryId)) return false;
  return !(own.bsnKnown && other.bsnKnown && other.youthId !== undefined);
}

/**
 * Two professionals see how to reach each other only after both confirmed that it can be the same youth: a name and a birth date may be
 * those of two.
 * @source Jeugdwet 7.1.4.3 lid 2; AVG 5 lid 1 sub c and d
 */
export const bothConfirmed = (
  own: Pick<DescribedSignal, 'entryId' | 'confirmed'>,
  other: Pick<DescribedSignal, 'entryId' | 'confirmed'>,
): boolean => own.confirmed.includes(other.entryId) && other.confirmed.includes(own.entryId);

/**
 * Whoever does not know the BSN of a youth is asked to verify it when the other side has come to know theirs.
 * @source Jeugdwet 7.2.2, 7.2.3
 */
export const askedToVerify = (own: { bsnKnown: boolean }, other: { bsnKnown: boolean }): boolean =>
  other.bsnKnown && !own.bsnKnown;
