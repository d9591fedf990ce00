/** Far above what people ask of a municipality in a day, far below what browsing takes. */
const MOST_A_DAY = 10;

/**
 * Nobody can look a youth up: a process manager who asks what is kept, what erasure would take, or has it erased, more often in a day than
 * people ask is stopped for that day.
 * @param today how often the person did any of these today, whether anything was found or not
 * @source AVG 5 lid 1 sub b and f; Jeugdwet 7.1.2.1 lid 3 (use for any other purpose is forbidden)
 */
export const mayAskAgain = (today: number): boolean => today < MOST_A_DAY;
