/** How often something may be done in a window that slides along. */
export interface Limit {
  most: number;
  /** Length of the window, in milliseconds. */
  within: number;
}

/** By how much a coordinator or operator raises a limit. */
const RAISED = 3;

/** A limit that somebody raised for a person, for some time. */
export const raised = ({ most, within }: Limit): Limit => ({ most: most * RAISED, within });

/**
 * When somebody may look up or file once more: their look-ups, and what they file, stay within what work with youths explains.
 * @param done moments at which it was done, in any order
 * @returns undefined for now
 * @source AVG 5 lid 1 sub b and f; Jeugdwet 7.1.2.1 lid 3 (use for any other purpose is forbidden)
 */
export function openAgainAt(done: readonly Date[], limits: readonly Limit[], now: Date): Date | undefined {
  const moments = done.map((at) => at.getTime()).sort((a, b) => a - b);
  const waits = limits.flatMap(({ most, within }) => {
    const counted = moments.filter((at) => at > now.getTime() - within);
    return counted.length < most ? [] : [counted[counted.length - most]! + within];
  });
  return waits.length === 0 ? undefined : new Date(Math.max(...waits));
}
