import type { RegionState } from '../dto/views.js';
import { quotaNearlyUsed } from './quota-use.rule.js';

/** An alarm that follows from the state of one region. */
export interface RegionAlarm {
  kind:
    | 'region-silent'
    | 'clock-skew'
    | 'unopenable-cards'
    | 'unanswered-notices'
    | 'messages-rejected'
    | 'signals-lost'
    | 'probes-overdue'
    | 'quota-nearly-used';
  party: string;
  since: Date | null;
  count: number;
}

/** Beyond this a region's clock is wrong: dates of signals and cards would be too. */
const MAX_SKEW_SECONDS = 5 * 60;

/** What also happens to who does nothing wrong: a card may be under way when its match ends, a roll when its receiver leaves. */
const INNOCENT = ['unknown-match', 'unknown-receiver'];

/**
 * What is wrong with a region that takes part, as far as its state tells.
 * @source federatieafspraken: alarms
 */
export function alarmsOf(region: RegionState): RegionAlarm[] {
  if (region.state !== 'admitted') return [];
  const { lastSeenAt: since } = region;
  const evaluated = region.evaluatedToday ?? 0;
  const conditions: [RegionAlarm['kind'], number][] = [
    ['region-silent', region.health === 'silent' ? 1 : 0],
    [
      'clock-skew',
      Math.abs(region.clockSkewSeconds) > MAX_SKEW_SECONDS ? Math.abs(region.clockSkewSeconds) : 0,
    ],
    ['unopenable-cards', region.unopenableCards],
    ['unanswered-notices', region.unansweredNotices],
    ['messages-rejected', sum(region.rejected.filter(({ reason }) => !INNOCENT.includes(reason)))],
    ['signals-lost', region.lostPersons],
    ['probes-overdue', region.probes.filter(({ overdue }) => overdue).length],
    ['quota-nearly-used', quotaNearlyUsed(evaluated, region.dailyQuota) ? evaluated : 0],
  ];
  return conditions
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({ kind, party: region.id, since, count }));
}

const sum = (counts: readonly { count: number }[]): number =>
  counts.reduce((total, { count }) => total + count, 0);
