const MINUTES = 60;

/**
 * For an hour after filing a signal can be taken back as a mistake. After that it ends like any other, for a reason of the law.
 * @source AVG 5 lid 1 sub d (correction of what is not right); Jeugdwet 7.1.4.6 (nothing of it in the archive)
 */
export const mayUndo = (filedAt: Date, now: Date): boolean =>
  now.getTime() - filedAt.getTime() <= MINUTES * 60_000;
