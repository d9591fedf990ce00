import { BETWEEN_WORDS, inPlainLetters, inRegisterLetters, plain, tidied } from './letters.js';

const words = (names: string): string[] =>
  plain(names)
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '');

/**
 * Whether what somebody typed as a given name is one of the given names in the register, or some in a row, however it is written with
 * accents, capitals, hyphens and spaces. A text without letters, such as a hyphen, says that there is none.
 * @source BRP API Personen 2.7, Voornamen
 */
export function isGivenName(typed: string, registered: string): boolean {
  const names = words(registered);
  const wanted = words(typed).join('');
  if (wanted === '') return names.length === 0;
  return names.some((_, start) => {
    const ends = names.map((__, end) => names.slice(start, end + 1).join(''));
    return ends.includes(wanted);
  });
}

/**
 * The first of the given names that somebody typed, as the register's search takes it: with and without its diacritics.
 * @returns none for a text without letters
 * @source BRP API Personen 2.7, VoornamenOptioneelFilter
 */
export function givenNameSpellings(typed: string): string[] {
  const [first = ''] = tidied(typed).split(' ');
  const spellings = [inRegisterLetters(first), inPlainLetters(first)].filter((each) => /\p{L}/u.test(each));
  const [with_, without] = spellings;
  return with_?.toLowerCase() === without ? spellings.slice(0, 1) : spellings;
}
