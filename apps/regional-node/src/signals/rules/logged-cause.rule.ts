import type { EndingReason } from '../../archive/index.js';

const WEIGHED: readonly EndingReason[] = ['not-justified', 'risk-gone', 'wrong-youth', 'undone'];

/**
 * The cause of an end that the logbook may name: one that follows from a date, the person register, the covenant, another signal or a decision of the college. Why the
 * filer ended a signal decides about the archive at that moment, and is written nowhere: the logbook says who removed it, and when. Of a signal
 * that was never shared nothing is archived, so it counts as undone for whatever reason the filer gave.
 * @returns undefined for what the filer weighed
 * @source Jeugdwet 7.1.2.3 lid 1 sub f; Jeugdwet 7.1.4.3 lid 1
 */
export function loggedCause(reason: EndingReason, wasShared: boolean): EndingReason | undefined {
  if (!WEIGHED.includes(reason)) return reason;
  return wasShared ? undefined : 'undone';
}
