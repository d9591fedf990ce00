/** How long a letter counts without being said again, in milliseconds: 35 days, as a contact card. */
export const LETTER_COUNTS_FOR = 35 * 86_400_000;

/**
 * Says when what another region told by letter is destroyed: when the letter says so, and 35 days after it was last said at the latest. It is
 * said again as long as the signals last (two years at most, Jeugdwet 7.1.4.5), so what nobody stands for any more goes by itself.
 * @param validUntil what the letter says
 * @source AVG 5 lid 1 sub d en e
 */
export const letterKeptUntil = (validUntil: Date, now: Date): Date =>
  new Date(Math.min(validUntil.getTime(), now.getTime() + LETTER_COUNTS_FOR));
