/** Why a text cannot be shown to others as it is. */
export type WordsFault = 'empty' | 'invisible' | 'mixed' | 'formula';

/** What is drawn as nothing, and is no space: U+3164, U+115F, U+FFA0, variation selectors, a soft hyphen, an empty Braille pattern. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
/** A spreadsheet into which a list is pasted takes these for the beginning of a formula; some do with the ones of full width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const WORD = /[\p{L}\p{M}]+/gu;
/** Letters that look alike across alphabets come from these. */
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /(?![\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}])(?!\p{Lm})\p{L}/u,
] as const;

const isMixed = (word: string): boolean => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1;

/**
 * Says whether a text reads as what it is: something visible, each word of one alphabet, and nothing that a program takes for a formula.
 * @returns undefined when nothing is wrong, else the first thing that is
 * @source AVG 5 lid 1 sub d (what is shown is accurate): who is reached by it, can trust whose name it is
 */
export function wordsFault(text: string): WordsFault | undefined {
  if (INVISIBLE.test(text)) return 'invisible';
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if ((text.match(WORD) ?? []).some(isMixed)) return 'mixed';
  return FORMULA.test(text) ? 'formula' : undefined;
}
