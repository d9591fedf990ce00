/** Reasons for which a signal ends. */
export type EndingReason =
  | 'not-justified'
  | 'risk-gone'
  | 'wrong-youth'
  | 'undone'
  | 'expired'
  | 'age'
  | 'deceased'
  | 'renewed'
  | 'organisation-left'
  | 'professional-departed'
  | 'erased-before'
  | 'erased-on-request';

/**
 * Only what expired, or whose risk is gone, is kept in the archive: never what was not justified, on the wrong youth or erased on request, and
 * nothing of who turned 23 or died. A renewed signal lives on as another one.
 * @source Jeugdwet 7.1.4.5 lid 2
 */
export const goesToArchive = (reason: EndingReason): boolean =>
  reason === 'risk-gone' || reason === 'expired';
