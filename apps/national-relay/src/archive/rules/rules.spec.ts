import { askRefusal } from './may-ask.rule.js';
import { forgottenBefore } from './question-forgotten.rule.js';

describe('a question about an archive', () => {
  it.each([
    ['of a region with a tag under that handle passes', { archived: false }, 0, undefined],
    ['that no archive could answer passes', { archived: false }, undefined, undefined],
    ['without a tag under that handle does not pass', undefined, 0, 'no-live-tag'],
    ['without one is refused the same when nobody could answer', undefined, undefined, 'no-live-tag'],
    ['under a handle of the archive itself does not pass', { archived: true }, 0, 'no-live-tag'],
    ['passes as the last of those that may be open', { archived: false }, 199, undefined],
    ['does not pass after that', { archived: false }, 200, 'too-many-questions'],
  ])('%s', (_what, own, open, refusal) => {
    expect(askRefusal(own, open)).toBe(refusal);
  });

  it('is forgotten after fourteen days', () => {
    expect(forgottenBefore(new Date('2026-12-08T10:00:00Z'))).toEqual(new Date('2026-11-24T10:00:00Z'));
  });
});
