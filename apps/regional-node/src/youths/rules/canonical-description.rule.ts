/** What identifies a youth who has no BSN. */
export interface YouthDescription {
  surname: string;
  /** Complete, `YYYY-MM-DD`. */
  birthDate: string;
  sex: 'M' | 'V';
}

/** Letters that are not a base letter with something added, as travel documents and typists write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i', ŋ: 'ng', ŧ: 't' },
  ...{ ə: 'e', ĸ: 'k', ƒ: 'f' },
};

/** Words in and before a surname that one writes and another leaves out. */
const PARTICLES = new Set([
  ...['van', 'de', 'der', 'den', 'd', 'het', 't', 's', 'te', 'ten', 'ter', 'in', 'op', 'aan', 'bij', 'uit'],
  ...['onder', 'over', 'voor', 'von', 'vom', 'zu', 'zum', 'zur', 'la', 'le', 'les', 'l', 'du', 'des', 'di'],
  ...['da', 'del', 'della', 'do', 'dos', 'das', 'el', 'al', 'ul', 'af', 'av'],
]);

/** Spaces, hyphens, apostrophes, and the raised signs that transliterations put for letters. */
const BETWEEN_WORDS = /(?:[^\p{L}\p{N}]|\p{Lm})+/u;

/**
 * Brings surname, birth date and sex into the one form by which youths without BSN are compared: equal for a name however it is written
 * with accents, capitals, particles, hyphens, apostrophes and spaces, `ij` and `y` being one letter. Exact otherwise: another
 * transliteration is another name. All regions use this form, so another version of it is another scheme.
 * A name of nothing but particles is its last word.
 * @returns `<a to z>|<YYYY-MM-DD>|<M or V>`; undefined for a name with a letter that is not of the Latin script, or without any
 * @source Besluit Jeugdwet 7.3.1
 */
export function canonicalDescription({ surname, birthDate, sex }: YouthDescription): string | undefined {
  const plain = surname.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const letters = [...plain].map((letter) => LETTERS[letter] ?? letter).join('');
  const words = letters.split(BETWEEN_WORDS).filter((word) => word !== '');
  const telling = words.filter((word) => !PARTICLES.has(word));
  const name = (telling.length > 0 ? telling : words.slice(-1)).join('').replaceAll('ij', 'y');
  return /^[a-z]+$/.test(name) ? `${name}|${birthDate}|${sex}` : undefined;
}
