import type { AuditAction } from '../../audit/index.js';
import type { Involved } from '../../matches/index.js';

const SHOWN: readonly AuditAction[] = [
  'signal-filed',
  'signal-linked',
  'signal-renewed',
  'signal-handed-over',
  'signal-ended',
  'match-notified',
  'match-confirmed',
  'match-rejected',
  'contact-made',
  'contact-taken-back',
  'archive-told',
  'archive-shown',
];

/** Done about somebody else who is involved, with this youth or with a brother or sister. */
const MAY_BE_OF_A_SIBLING: readonly AuditAction[] = ['match-notified', 'contact-made', 'contact-taken-back'];

/**
 * Lines of the logbook that a youth may see: who filed, removed and was told of what, and when. Nothing that might tell of another youth:
 * that somebody was told of a match is left out when nobody else has a signal on this one, for it may be about a brother or sister.
 * @param othersInvolved whether another professional is known to have a signal on the same youth
 * @source Jeugdwet 7.1.2.3 lid 1 sub f en i; AVG 15 lid 4
 */
export const shownToYouth = (action: AuditAction, othersInvolved: boolean): boolean =>
  SHOWN.includes(action) && (othersInvolved || !MAY_BE_OF_A_SIBLING.includes(action));

/**
 * Whether a youth may see that somebody who is involved was told who filed here: somebody of another region with a signal on this very youth.
 * One on a brother or sister is about somebody else, and one that is only possibly on this youth may be.
 * @source AVG 15 lid 1 sub c en lid 4
 */
export const isRecipient = (kind: Involved['kind'], region: string, ownRegion: string): boolean =>
  kind === 'same-youth' && region !== ownRegion;
