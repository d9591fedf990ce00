import { createHash } from 'node:crypto';

/** The turn of the probes at this moment: turns of `seconds` are counted from 1970, so that all regions count alike. */
export const turnAt = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1000 / seconds);

/**
 * The reserved test number of two regions in a turn: nine digits that fail the 11-test, so that they are nobody's BSN
 * (Wet algemene bepalingen burgerservicenummer; Regeling BSN, the test of art. 1). The same from either side.
 */
export function probeNumber(region: string, peer: string, turn: number): string {
  const pair = [region, peer].sort().join('/');
  const digest = createHash('sha256').update(`vir1/probe/${pair}/${turn}`).digest();
  const digits = String(digest.readUInt32BE(0) % 100_000_000).padStart(8, '0');
  // the last digit that the 11-test would ask for, and then another one
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (9 - at), 0);
  return `${digits}${((sum % 11) + 1) % 10}`;
}
