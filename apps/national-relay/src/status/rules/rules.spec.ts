import type { RegionState } from '../dto/views.js';
import { alarmsOf } from './alarms-of-regions.rule.js';
import { quotaNearlyUsed } from './quota-use.rule.js';
import { healthOf } from './region-health.rule.js';

describe('a region', () => {
  it.each([
    ['is silent when it was never heard', undefined, 0, 'silent'],
    ['is silent after a minute', 61, 0, 'silent'],
    ['is healthy within the minute', 60, 300, 'healthy'],
    ['lags when something has waited for more than five minutes', 5, 301, 'lagging'],
  ] as const)('%s', (_what, silence, delay, health) => {
    expect(healthOf(silence, delay, 60)).toBe(health);
  });

  const reason = (word: string, count: number) => ({ reason: word, count });
  const probe = (overdue: boolean) => ({ region: 'zuid', lastSucceededAt: null, overdue });
  const well: RegionState = {
    id: 'noord',
    name: 'Noord',
    state: 'admitted',
    municipalities: [],
    health: 'healthy',
    lastSeenAt: new Date('2026-01-01'),
    delaySeconds: 0,
    queuedByRegion: 0,
    queuedForRegion: 0,
    softwareVersion: '1.0.0',
    tags: 5,
    matches: 1,
    awaitingSecret: 0,
    unansweredNotices: 0,
    unopenableCards: 0,
    lostPersons: 0,
    probes: [],
    clockSkewSeconds: 300,
    rejected: [],
    dailyQuota: 100,
    evaluatedToday: 89,
  };
  it('raises no alarm when it is well, or does not take part', () => {
    expect(alarmsOf(well)).toEqual([]);
    expect(alarmsOf({ ...well, clockSkewSeconds: -300, evaluatedToday: null })).toEqual([]);
    const innocent = [reason('unknown-match', 9), reason('unknown-receiver', 9)];
    expect(alarmsOf({ ...well, rejected: innocent })).toEqual([]);
    expect(alarmsOf({ ...well, state: 'suspended', health: 'silent' })).toEqual([]);
  });
  it.each([
    ['region-silent', { health: 'silent' }, 1],
    ['clock-skew', { clockSkewSeconds: 301 }, 301],
    ['clock-skew', { clockSkewSeconds: -301 }, 301],
    ['unopenable-cards', { unopenableCards: 2 }, 2],
    ['unanswered-notices', { unansweredNotices: 3 }, 3],
    ['messages-rejected', { rejected: [reason('unsigned', 4), reason('unknown-match', 9)] }, 4],
    ['messages-rejected', { rejected: [reason('unsigned', 4), reason('not-a-side', 2)] }, 6],
    ['signals-lost', { lostPersons: 4 }, 4],
    ['probes-overdue', { probes: [probe(true), probe(false), probe(true)] }, 2],
    ['quota-nearly-used', { evaluatedToday: 90 }, 90],
  ] as [string, Partial<RegionState>, number][])('raises the alarm %s for %j', (kind, wrong, count) => {
    expect(alarmsOf({ ...well, ...wrong })).toEqual([
      { kind, party: 'noord', since: well.lastSeenAt, count },
    ]);
  });
});

describe('the quota of a day', () => {
  it.each([
    ['is nearly used from nine tenths on', 90, 100, true],
    ['is not nearly used before', 89, 100, false],
    ['of nothing is nearly used by the first evaluation', 1, 0, true],
    ['of nothing is not used by nothing', 0, 0, false],
  ] as const)('%s', (_what, elements, quota, nearly) => {
    expect(quotaNearlyUsed(elements, quota)).toBe(nearly);
  });
});
