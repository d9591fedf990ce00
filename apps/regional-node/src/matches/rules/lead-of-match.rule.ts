import type { Lead, YouthGroup } from '../match-picture.types.js';
import { byFiling } from './by-filing.js';

/**
 * Names the lead of a match: that of the youth, and among siblings that of the youth with the earliest signal.
 * @param groups the youth's own group and those of the siblings; empty groups count for nothing
 * @returns undefined while the leading region has not named anybody yet
 * @source federatieafspraken: lead
 */
export function leadOfMatch(groups: readonly YouthGroup[]): Lead | undefined {
  const earliest = (group: YouthGroup) => [...group.entries].sort(byFiling)[0]!;
  const [first] = groups
    .filter((group) => group.entries.length > 0)
    .sort((a, b) => byFiling(earliest(a), earliest(b)));
  return first?.lead;
}
