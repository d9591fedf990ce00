import { needsSecondOperator } from './needs-second-operator.rule.js';

describe('a second operator', () => {
  it.each([
    ['is needed for a login that works', [new Date(0)], true],
    ['is needed for a login that worked before a second designation was entered', [null, new Date(0)], true],
    ['is not needed for a login that never worked', [null], false],
    ['is not needed for a login that never worked, with two designations', [null, null], false],
  ])('%s', (_what, logins, needed) => {
    expect(needsSecondOperator(logins.map((firstLoginAt) => ({ firstLoginAt })))).toBe(needed);
  });
});
