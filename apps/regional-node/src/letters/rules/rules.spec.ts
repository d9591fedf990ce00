import { LETTER_COUNTS_FOR, letterKeptUntil } from './letter-kept-until.rule.js';

describe('what another region told', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  it.each([
    ['as long as the letter says', '2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
    ['35 days at most', '2030-01-01T00:00:00.000Z', '2026-12-29T10:00:00.000Z'],
    ['not at all when the letter counts no longer', '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'],
  ])('is kept %s', (_what, validUntil, until) => {
    expect(letterKeptUntil(new Date(validUntil), now).toISOString()).toBe(until);
  });
  it('counts as long as a contact card', () => {
    expect(LETTER_COUNTS_FOR).toBe(3_024_000_000);
  });
});
