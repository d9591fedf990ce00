/** Letters that are not a base letter with something added, as travel documents and typists write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'ng', ŧ: 't' },
  ...{ ə: 'e', ĸ: 'k', ƒ: 'f' },
};

/** Straight and curly apostrophes, accents that stand alone, and the raised signs that transliterations put for letters. */
const APOSTROPHE = /['‘’‛`´′]|\p{Lm}/gu;

/** Spaces, hyphens and apostrophes. */
export const BETWEEN_WORDS = /(?:[^\p{L}\p{N}]|\p{Lm})+/u;

/** A text in small letters without anything above, below or through them: `Ğ` is `g`, `ß` is `ss`. */
export const plain = (text: string): string =>
  [...text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('');

/** A name with one kind of space, hyphen and apostrophe; letters composed, the ligature `ĳ` as two. */
export const tidied = (typed: string): string =>
  typed
    .normalize('NFC')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('ĳ', 'ij')
    .replaceAll('Ĳ', 'IJ')
    .replace(/\p{Pd}/gu, '-')
    .replace(APOSTROPHE, "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .trim();

/** What the searches of the person register take, but for digits and signs: nothing beyond `ž`. */
const SEARCHABLE = /[a-z0-9À-ž .'-]/i;

/** A name with its diacritics, in the letters that the register's searches take. Others lose what is added to them. */
export function inRegisterLetters(name: string): string {
  const letter = (character: string): string => {
    if (SEARCHABLE.test(character)) return character;
    const fewer = character.normalize('NFD').slice(0, -1).normalize('NFC');
    return fewer === '' ? inPlainLetters(character) : letter(fewer);
  };
  // Romanian letters have a comma below; the register's have a cedilla
  return [...name.normalize('NFD').replaceAll('\u0326', '\u0327').normalize('NFC')].map(letter).join('');
}

/** A name without diacritics, in the letters that the register's searches take. */
export const inPlainLetters = (name: string): string => plain(name).replace(/[^a-z0-9 .'-]/g, '');
