import { IsCount, IsIncarnation } from './validation.js';

/** Where a state stands in its sender's history: a later incarnation wins, then a higher number. */
export class Version {
  @IsIncarnation(1) incarnation: number;
  @IsCount(1) n: number;
}

/** Whether `a` is later than `b`. */
export const isLater = (a: Version, b: Version): boolean =>
  a.incarnation > b.incarnation || (a.incarnation === b.incarnation && a.n > b.n);

/** How many items one message lists at most. */
export const MAX_LISTED = 500;
