/**
 * The least version of nats-server that the federation trusts: older ones know no `sync_interval: always`, or silently
 * skip messages after a damaged block.
 */
export const LEAST_NATS_VERSION = '2.15.1';

/** True when dotted version `a` is at least `b`; a suffix (`-1`, `-beta`) does not count. */
export function atLeast(a: string, b: string): boolean {
  const numbers = (version: string) => version.split(/[-+~]/)[0]!.split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < right.length; i++) {
    const difference = (left[i] ?? 0) - right[i]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
