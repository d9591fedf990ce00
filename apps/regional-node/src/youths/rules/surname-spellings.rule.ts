import { inPlainLetters, inRegisterLetters, plain, tidied } from './letters.js';
import { PREFIX_WORDS } from './prefix-words.js';

/** The most spellings of one surname. */
const MOST = 12;
/** The most characters that the register takes for a surname. */
const LONGEST = 200;
/** The longest prefix of table 36, in words. */
const LONGEST_PREFIX = 3;
/** Up to so many places for a space or a hyphen get every combination; more get all spaces and all hyphens. */
const FREE_PLACES = 2;

/** One word with its apostrophe and what stands between it and the next. */
const WORD = /'?[^\s'./-]+(?:'?[\s./-]+|'|$)/g;
/** Arabic words before a name that a hyphen joins to it as often as a space does. */
const JOINED = new Set(['el', 'al', 'ben', 'bin']);
/** What the register has for somebody without a surname. */
const NONE = ['-', '.'];

/**
 * The surnames under which the person register may have somebody whose surname is typed like this. The register keeps prefixes apart from
 * the surname, and takes spaces, hyphens, apostrophes and diacritics as they are.
 * Depends on nothing but the text, so that the number of questions does not tell who is in the register.
 * @returns at most 12, in the letters that the register's search takes, the likeliest first; none for a text without letters of the Latin script
 * @source LO BRP, national table 36; BRP API Personen 2.7, GeslachtsnaamFilter
 */
export function surnameSpellings(typed: string): string[] {
  const name = tidied(typed);
  if (/^[-. ]+$/.test(name)) return NONE;
  const spellings = inOrder(name)
    .flatMap(joints)
    .flatMap(digraphs)
    .flatMap(withoutPrefixes)
    .flatMap((each) => [inRegisterLetters(each), inPlainLetters(each)])
    .filter((each) => /\p{L}/u.test(each) && each.length <= LONGEST);
  return distinct(spellings).slice(0, MOST);
}

/** "Berg, van den" and "Berg van den" as people say them; what stands last may also belong to the name. */
function inOrder(name: string): string[] {
  const words = name.replaceAll(',', ' ').match(WORD) ?? [];
  const behind = words.length - [...words].reverse().findIndex((word) => !isPrefixWord(word));
  const joined = (parts: readonly string[]) => parts.join('').replace(/ +/g, ' ').trim();
  const turned = joined([...words.slice(behind), ' ', ...words.slice(0, behind)]);
  return name.includes(',') ? [turned, joined(words)] : [joined(words), turned];
}

/** The name with a space or a hyphen wherever either may stand. */
function joints(name: string): string[] {
  const parts = name.split(/(?<=[^ -])([ -])(?=[^ -])/);
  const places = parts.flatMap((part, place) =>
    part === '-' || (part === ' ' && mayBeJoined(parts[place - 1] ?? '')) ? [place] : [],
  );
  const signs =
    places.length > FREE_PLACES
      ? [places.map(() => ' '), places.map(() => '-')]
      : places.reduce<string[][]>(
          (all) =>
            all.flatMap((each) => [
              [...each, ' '],
              [...each, '-'],
            ]),
          [[]],
        );
  return [
    name,
    ...signs.map((each) => parts.map((part, place) => each[places.indexOf(place)] ?? part).join('')),
  ];
}

const mayBeJoined = (word: string): boolean => !isPrefixWord(word) || JOINED.has(plain(word));

/** The name with `ij` and `y` for one another. */
const digraphs = (name: string): string[] => [
  name,
  name.replace(/[yÿ]/gi, 'ij'),
  name.replace(/ij|ÿ/gi, 'y'),
];

/** What stays of the name when its leading words are the prefix, or fewer of them, or none. */
function withoutPrefixes(name: string): string[] {
  const words = name.match(WORD) ?? [];
  const first = words.findIndex((word) => !isPrefixWord(word));
  // a name of nothing but prefix words is its last word
  const run = first < 0 ? words.length - 1 : first;
  const dropped = words
    .map((_, count) => run - count)
    .filter((count) => count > 0 && count > run - LONGEST_PREFIX);
  return [...dropped.map((count) => words.slice(count).join('')), name];
}

const isPrefixWord = (word: string): boolean => PREFIX_WORDS.has(plain(word).replace(/[^a-z]/g, ''));

const distinct = (names: readonly string[]): string[] =>
  names.filter(
    (name, place) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === place,
  );
