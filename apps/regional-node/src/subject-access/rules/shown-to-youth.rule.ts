import type { AuditAction } from '../../audit/index.js';

const SHOWN: readonly AuditAction[] = [
  'signal-filed',
  'signal-linked',
  'signal-renewed',
  'signal-handed-over',
  'signal-ended',
  'match-notified',
  'match-confirmed',
  'contact-made',
  'archive-told',
  'archive-shown',
];

/**
 * Lines of the logbook that a youth may see: who filed, removed and was told of what, and when. Nothing that might tell of another youth:
 * that somebody was told of a match is left out when nobody else has a signal on this one, for it may be about a brother or sister.
 * @param othersInvolved whether another professional is known to have a signal on the same youth
 * @source Jeugdwet 7.1.2.3 lid 1 sub f en i; AVG 15 lid 4
 */
export const shownToYouth = (action: AuditAction, othersInvolved: boolean): boolean =>
  SHOWN.includes(action) && (othersInvolved || (action !== 'match-notified' && action !== 'contact-made'));
