import type { Entry } from '../match-picture.types.js';

/** Orders signals by when they were filed, then by entry id, so that every region orders them alike. */
export const byFiling = (
  a: Pick<Entry, 'filedAt' | 'entryId'>,
  b: Pick<Entry, 'filedAt' | 'entryId'>,
): number => a.filedAt.getTime() - b.filedAt.getTime() || (a.entryId < b.entryId ? -1 : 1);
