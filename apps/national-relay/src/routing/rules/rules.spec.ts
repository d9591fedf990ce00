import { refusalOf } from './between-its-sides.rule.js';

describe('what is sent for a match', () => {
  it.each([
    ['passes from one side to the other', ['a', 'b'], 'a', 'b', undefined],
    ['passes the other way', ['a', 'b'], 'b', 'a', undefined],
    ['does not pass from a third region', ['a', 'b'], 'c', 'b', 'not-a-side'],
    ['does not pass to a third region', ['a', 'b'], 'a', 'c', 'not-a-side'],
    ['does not pass to the sender itself', ['a', 'b'], 'a', 'a', 'not-a-side'],
    ['does not pass without a match', undefined, 'a', 'b', 'unknown-match'],
  ] as const)('%s', (_what, sides, from, to, refusal) => {
    expect(refusalOf(sides as [string, string] | undefined, from, to)).toBe(refusal);
  });
});
