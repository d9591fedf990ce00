import { keyOf, type Entry, type OwnEntry } from '../match-picture.types.js';

/** Somebody else who is involved, and whether with the same youth or with a brother or sister. */
export interface Involved {
  kind: 'same-youth' | 'sibling';
  entry: Entry;
}

const isOwn = (entry: Entry): entry is OwnEntry => 'professionalId' in entry;

/**
 * Says who matches a signal: everybody else with a signal on the same youth, or on a youth with one and the same parent. Nobody matches
 * themselves; two professionals of one organisation do match.
 * @source Jeugdwet 7.1.2.3 lid 1 sub c en e
 */
export function whoMatches(
  own: OwnEntry,
  sameYouth: readonly Entry[],
  siblings: readonly Entry[],
): Involved[] {
  const seen = new Set<string>([keyOf(own)]);
  const involved: Involved[] = [];
  for (const [kind, entries] of [['same-youth', sameYouth] as const, ['sibling', siblings] as const]) {
    for (const entry of entries) {
      if (seen.has(keyOf(entry)) || (isOwn(entry) && entry.professionalId === own.professionalId)) continue;
      seen.add(keyOf(entry));
      involved.push({ kind, entry });
    }
  }
  return involved;
}
