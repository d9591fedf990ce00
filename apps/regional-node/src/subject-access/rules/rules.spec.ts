import { AUDIT_ACTIONS, type AuditAction } from '../../audit/index.js';
import { mayAskAgain } from './access-limit.rule.js';
import { collegeDecides } from './college-decides.rule.js';
import { previewHolds } from './preview-holds.rule.js';
import { isRecipient, shownToYouth } from './shown-to-youth.rule.js';

describe('a request of a youth', () => {
  const shown = (othersInvolved: boolean) =>
    (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => shownToYouth(action, othersInvolved));
  it('is told who filed, removed and was told of what', () => {
    expect(shown(true)).toEqual([
      ...(['signal-handed-over', 'signal-filed', 'signal-ended', 'match-notified', 'contact-made'] as const),
      ...([
        'contact-taken-back',
        'match-confirmed',
        'match-rejected',
        'signal-renewed',
        'signal-linked',
        'archive-told',
        'archive-shown',
      ] as const),
    ]);
  });
  it('is not told of a match that can only be about a brother or sister', () => {
    expect(shown(true).filter((action) => !shownToYouth(action, false))).toEqual([
      'match-notified',
      'contact-made',
      'contact-taken-back',
    ]);
  });

  it.each([
    ['with whose organisation it made the agreement', '0307', true],
    ['with whose organisation another did', '0344', false],
    ['of an organisation without a municipality', null, false],
  ])('is decided by a college about a signal %s: %s', (_which, organisation, decides) => {
    expect(collegeDecides(['0307'], organisation)).toBe(decides);
    expect(collegeDecides([null], organisation)).toBe(true);
  });

  it.each([
    ['same-youth', 'rijnmond', true],
    ['same-youth', 'midden-nederland', false],
    ['sibling', 'rijnmond', false],
    ['possibly-same-youth', 'rijnmond', false],
  ] as const)('is told of whoever is involved as %s in %s: %s', (kind, region, told) => {
    expect(isRecipient(kind, region, 'midden-nederland')).toBe(told);
  });

  it.each([
    [9, true],
    [10, false],
    [11, false],
  ])('is handled after %d of that day: %s', (today, handled) => {
    expect(mayAskAgain(today)).toBe(handled);
  });

  const NOON = new Date('2026-11-24T12:00:00Z');
  it.each([
    ['at once', '12:00:00', true],
    ['a quarter of an hour later', '12:15:00', true],
    ['after that', '12:15:01', false],
    ['before it was made', '11:59:59', false],
  ])('is erased by its preview %s: %s', (_when, time, holds) => {
    expect(previewHolds(NOON, new Date(`2026-11-24T${time}Z`))).toBe(holds);
  });
});
