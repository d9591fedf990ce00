const DAYS = 14;
/** How long an archive may be told of, in milliseconds. */
export const COUNTS_FOR = DAYS * 86_400_000;
const isRecent = (moment: Date, now: Date): boolean => now.getTime() - moment.getTime() < COUNTS_FOR;

/**
 * Archives of other regions are asked at the moment of filing. A region that is away then may answer for fourteen days; what comes later is
 * told to nobody.
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const questionCounts = (filedAt: Date, now: Date): boolean => isRecent(filedAt, now);

/**
 * What another region answered can be read for fourteen days from when it was told, as what the own archive tells.
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const answerReadable = (toldAt: Date, now: Date): boolean => isRecent(toldAt, now);
