const MINUTES = 15;

/**
 * Whether an erasure may still go by a preview: for a quarter of an hour, so that nobody goes by what was on a screen yesterday.
 * @source AVG 5 lid 1 sub d and f
 */
export const previewHolds = (madeAt: Date, now: Date): boolean => {
  const age = now.getTime() - madeAt.getTime();
  return age >= 0 && age <= MINUTES * 60_000;
};
