import { identityOf, keyOf, type Entry, type OwnEntry } from '../match-picture.types.js';

/** Somebody else who is involved: with the same youth, with a brother or sister, or with what may be the same youth without BSN. */
export interface Involved {
  kind: 'same-youth' | 'sibling' | 'possibly-same-youth';
  entry: Entry;
}

/**
 * Within the region by who they are, under whatever designation; of another region by name and address, or because they say so. Nothing
 * that would tell people apart travels between regions.
 */
const isThemselves = (own: OwnEntry, entry: Entry): boolean =>
  isOwn(entry)
    ? entry.person === own.person
    : own.samePerson.includes(entry.entryId) || own.identities.includes(identityOf(entry.contact));

const isOwn = (entry: Entry): entry is OwnEntry => 'person' in entry;

/**
 * Says who matches a signal: everybody else with a signal on the same youth, or on a youth with one and the same parent. Nobody matches
 * themselves, under another designation or in another region neither; two professionals of one organisation do match. What may be the same
 * youth counts last: who is known to be involved is not possibly so.
 * @param possible those of whom both sides confirmed it
 * @source Jeugdwet 7.1.2.3 lid 1 sub c en e
 */
export function whoMatches(
  own: OwnEntry,
  sameYouth: readonly Entry[],
  siblings: readonly Entry[],
  possible: readonly Entry[] = [],
): Involved[] {
  const seen = new Set<string>([keyOf(own)]);
  const involved: Involved[] = [];
  for (const [kind, entries] of [
    ['same-youth', sameYouth] as const,
    ['sibling', siblings] as const,
    ['possibly-same-youth', possible] as const,
  ]) {
    for (const entry of entries) {
      if (seen.has(keyOf(entry)) || isThemselves(own, entry)) continue;
      seen.add(keyOf(entry));
      involved.push({ kind, entry });
    }
  }
  return involved;
}
