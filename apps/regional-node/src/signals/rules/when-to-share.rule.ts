const HOUR = 3_600_000;

/**
 * When a held signal is shared: at its moment, or within the hour after it. One whose moment is further away, on either side, may come from a
 * restored backup, or from a clock that was wrong: its filer decides, since it may have been undone.
 * @source AVG 5 lid 1 sub d (what was filed by mistake reaches nobody)
 */
export function whenToShare(sharesAt: Date, now: Date): 'now' | 'later' | 'ask-filer' {
  const late = now.getTime() - sharesAt.getTime();
  if (Math.abs(late) > HOUR) return 'ask-filer';
  return late >= 0 ? 'now' : 'later';
}
