/** Why something for a match is dropped. */
export type Refusal = 'unknown-match' | 'not-a-side';

/**
 * What is sent for a match passes only between the match's own two sides: so nobody collects or places contact details on a match
 * that is not theirs.
 * @param sides the two regions of the match; undefined when it does not exist
 * @returns why it does not pass; undefined when it does
 * @source federatieafspraken: cards
 */
export function refusalOf(
  sides: readonly [string, string] | undefined,
  from: string,
  to: string,
): Refusal | undefined {
  if (!sides) return 'unknown-match';
  const between = (sides[0] === from && sides[1] === to) || (sides[1] === from && sides[0] === to);
  return between ? undefined : 'not-a-side';
}
