/** How a region is doing, at a glance. */
export type Health = 'healthy' | 'lagging' | 'silent';

/** Beyond this delay people notice that the national part lags behind. */
const MAX_DELAY_SECONDS = 5 * 60;

/**
 * @param silentSeconds how long ago the region was heard; undefined when it never was
 * @param delaySeconds age of the oldest message that either side waits to see confirmed
 * @param silentAfter seconds of silence that are too many
 * @source federatieafspraken: alarms
 */
export function healthOf(
  silentSeconds: number | undefined,
  delaySeconds: number,
  silentAfter: number,
): Health {
  if (silentSeconds === undefined || silentSeconds > silentAfter) return 'silent';
  return delaySeconds > MAX_DELAY_SECONDS ? 'lagging' : 'healthy';
}
