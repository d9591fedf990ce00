/** A text with letters for its digits, as no name of a person has digits. */
export const inLetters = (text: string): string =>
  text.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!);
