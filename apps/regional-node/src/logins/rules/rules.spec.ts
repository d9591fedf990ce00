import { needsSecondOperator } from './needs-second-operator.rule.js';

describe('a second operator', () => {
  it.each([
    ['is needed for a login that works', new Date(0), true],
    ['is not needed for a login that never worked', null, false],
  ])('%s', (_what, firstLoginAt, needed) => {
    expect(needsSecondOperator({ firstLoginAt })).toBe(needed);
  });
});
