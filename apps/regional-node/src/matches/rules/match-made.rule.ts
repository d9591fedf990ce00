import type { Entry } from '../match-picture.types.js';
import { byFiling } from './by-filing.js';

/**
 * Says when the match on a youth was made: when the second of the signals on the youth that are still there was filed; while there is one
 * only, when that was. The covenant of that moment goes on to say who leads and within which terms, whatever comes after it.
 * @param entries the signals on the youth, at least one
 * @source Jeugdwet 7.1.2.3 lid 1 sub c, 7.1.3.1
 */
export function matchMade(entries: readonly Pick<Entry, 'filedAt' | 'entryId'>[]): Date {
  const [first, second] = [...entries].sort(byFiling);
  return (second ?? first!).filedAt;
}
