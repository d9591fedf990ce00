import { BETWEEN_WORDS, plain } from './letters.js';
import { PARTICLES } from './prefix-words.js';

/** What identifies a youth who has no BSN. */
export interface YouthDescription {
  surname: string;
  /** Complete, `YYYY-MM-DD`. */
  birthDate: string;
  sex: 'M' | 'V';
}

/**
 * Brings surname, birth date and sex into the one form by which youths without BSN are compared: equal for a name however it is written
 * with accents, capitals, particles, hyphens, apostrophes and spaces, `ij` and `y` being one letter. Exact otherwise: another
 * transliteration is another name. All regions use this form, so another version of it is another scheme.
 * A name of nothing but particles is its last word.
 * @returns `<a to z>|<YYYY-MM-DD>|<M or V>`; undefined for a name with a letter that is not of the Latin script, or without any
 * @source Besluit Jeugdwet 7.3.1
 */
export function canonicalDescription({ surname, birthDate, sex }: YouthDescription): string | undefined {
  const words = plain(surname)
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !PARTICLES.has(word));
  const name = (telling.length > 0 ? telling : words.slice(-1)).join('').replaceAll('ij', 'y');
  return /^[a-z]+$/.test(name) ? `${name}|${birthDate}|${sex}` : undefined;
}
