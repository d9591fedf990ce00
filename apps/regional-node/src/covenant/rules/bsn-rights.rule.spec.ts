import { gainedBsn, withoutGainedBsn } from './bsn-rights.rule.js';

const covenant = (rights: Record<string, boolean>) => ({
  organisations: Object.entries(rights).map(([id, mayUseBsn]) => ({ id, mayUseBsn })),
});

describe('the right to the BSN in a new covenant', () => {
  const before = covenant({ school: true, police: false, halt: false });
  const after = covenant({ school: true, police: true, halt: false, newcomer: true });

  it('is gained by who had none and by who was not there', () => {
    expect(gainedBsn(after, before).map(({ id }) => id)).toEqual(['police', 'newcomer']);
    expect(gainedBsn(before, after)).toEqual([]);
  });

  it('does not count as long as it waits, and nothing else changes', () => {
    expect(withoutGainedBsn(after, before)).toEqual(
      covenant({ school: true, police: false, halt: false, newcomer: false }),
    );
    expect(withoutGainedBsn(before, after)).toBe(before);
  });
});
