/** Why a text cannot be the name of a person. */
export type NameFault = 'letters' | 'sign' | 'stop' | 'words' | 'long';

const LONGEST = 80;
const MOST_WORDS = 8;

/** As the person register writes names, and apostrophes and hyphens as people type them. */
const SIGNS = /^[\p{L}\p{M} .'’‘\u02bc`´\u2010\u2011–-]+$/u;
/** An initial, of one or two letters, or `jr`: where the person register has a full stop. */
const ABBREVIATION = /(?<![\p{L}\p{M}])(?:\p{Lu}\p{M}*(?:\p{L}\p{M}*)?|jr|sr)\./gu;

/**
 * Says whether a text is a name as the person register has names, and no more than that: a reason for a signal is not to be stored, in no
 * field (Jeugdwet 7.1.4.3 lid 1). No digits and no punctuation of sentences; a full stop after an initial only; at most 80 characters and
 * eight words, those between hyphens counted.
 * @returns undefined when nothing is wrong, else the first thing that is
 * @source Jeugdwet 7.1.4.3 lid 1; Logisch ontwerp BRP, elementen 02.10 en 02.40
 */
export function nameFault(name: string): NameFault | undefined {
  if (name.length > LONGEST) return 'long';
  if (/(?!\p{Script=Latin})\p{L}/u.test(name.replace(/\p{Lm}/gu, '')) || !/\p{L}/u.test(name))
    return 'letters';
  if (!SIGNS.test(name)) return 'sign';
  if (name.replace(ABBREVIATION, '').includes('.')) return 'stop';
  return name.split(/[ \u2010\u2011–-]+/).filter((word) => word !== '').length > MOST_WORDS
    ? 'words'
    : undefined;
}
