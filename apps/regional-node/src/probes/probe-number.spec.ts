import { probeNumber, turnAt } from './probe-number.js';

/** What the 11-test says of nine digits: 9·d1 + 8·d2 + … + 2·d8 − d9 is a multiple of eleven. */
const passes = (number: string): boolean =>
  [...number].reduce((sum, digit, at) => sum + Number(digit) * (at === 8 ? -1 : 9 - at), 0) % 11 === 0;

describe('the number of a probe', () => {
  it('is nine digits that are nobody’s: none passes the 11-test', () => {
    for (let turn = 0; turn < 5_000; turn++) {
      const number = probeNumber('noord', 'zuid', turn);
      expect(number).toMatch(/^\d{9}$/);
      expect(passes(number)).toBe(false);
    }
  });

  it('is the same from both sides, and another for another pair or turn', () => {
    expect(probeNumber('noord', 'zuid', 7)).toBe(probeNumber('zuid', 'noord', 7));
    const others = [probeNumber('noord', 'oost', 7), probeNumber('noord', 'zuid', 8)];
    expect(others).not.toContain(probeNumber('noord', 'zuid', 7));
  });

  it('changes when the turn does, at the same moment for all', () => {
    expect(turnAt(new Date('2026-01-01T05:59:59Z'), 21_600)).toBe(81_816);
    expect(turnAt(new Date('2026-01-01T06:00:00Z'), 21_600)).toBe(81_817);
  });
});
