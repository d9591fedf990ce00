import { timingSafeEqual } from 'node:crypto';

/** Whether two secrets are equal, in a time that does not tell where they differ. */
export function isSameSecret(given: string, right: string): boolean {
  const [offered, expected] = [Buffer.from(given), Buffer.from(right)];
  return expected.length === offered.length && timingSafeEqual(expected, offered);
}
