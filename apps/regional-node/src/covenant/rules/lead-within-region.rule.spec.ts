import { leadWithinRegion, type LeadCandidate } from './lead-within-region.rule.js';

const rule = {
  order: ['certified-institution', 'neighbourhood-team', 'school'],
  never: ['police'],
  tieBreaks: ['earliest-signal' as const],
  fallback: 'process-manager' as const,
};
const candidate = (entryId: string, kind: string, day: number, absent?: boolean): LeadCandidate => ({
  entryId,
  kind,
  filedAt: new Date(Date.UTC(2026, 0, day)),
  absent,
});
const processManager = { processManager: true, because: 'process-manager' };

describe('the lead within a region', () => {
  it('is the first kind in the order, however late its signal', () => {
    const candidates = [candidate('a', 'school', 1), candidate('b', 'certified-institution', 9)];
    expect(leadWithinRegion(candidates, rule)).toEqual({
      leader: candidates[1],
      because: 'organisation-kind',
    });
  });

  it('is the earliest signal among equals, then the lowest entry id, in whichever order they come', () => {
    const candidates = [
      candidate('c', 'school', 2),
      candidate('b', 'school', 2),
      candidate('a', 'school', 3),
    ];
    for (const given of [candidates, candidates.toReversed()]) {
      expect(leadWithinRegion(given, rule)).toMatchObject({ leader: { entryId: 'b' } });
    }
  });

  it('is the organisation where the youth lives before an earlier signal, if the covenant says so', () => {
    const near = { ...rule, tieBreaks: ['municipality-of-youth' as const, 'earliest-signal' as const] };
    const candidates = [
      candidate('a', 'school', 1),
      { ...candidate('b', 'school', 3), inMunicipalityOfYouth: true },
      { ...candidate('c', 'school', 2), inMunicipalityOfYouth: true },
    ];
    expect(leadWithinRegion(candidates, near)).toMatchObject({ leader: { entryId: 'c' } });
    expect(leadWithinRegion(candidates, rule)).toMatchObject({ leader: { entryId: 'a' } });
    expect(leadWithinRegion(candidates.slice(0, 1), near)).toMatchObject({ leader: { entryId: 'a' } });
  });

  it('is never an absent professional, a kind that never leads, or one outside the order', () => {
    const candidates = [
      candidate('a', 'certified-institution', 1, true),
      candidate('b', 'police', 2),
      candidate('c', 'ggz', 3),
      candidate('d', 'school', 4),
    ];
    expect(leadWithinRegion(candidates, rule)).toMatchObject({ leader: candidates[3] });
    expect(leadWithinRegion(candidates.slice(0, 3), rule)).toEqual(processManager);
  });

  it('follows never when a kind stands in both lists', () => {
    expect(leadWithinRegion([candidate('a', 'school', 1)], { ...rule, never: ['school'] })).toEqual(
      processManager,
    );
  });

  it('is the process manager when there is nobody', () => {
    expect(leadWithinRegion([], rule)).toEqual(processManager);
  });
});
