import { AUDIT_ACTIONS, type AuditAction } from '../../audit/index.js';
import { mayAskAgain } from './access-limit.rule.js';
import { answersFor, mayGiveAccess } from './may-give-access.rule.js';
import { isRecipient, shownToYouth } from './shown-to-youth.rule.js';

describe('a request of a youth', () => {
  const concerned = { home: '0344', organisations: ['0307', null] };
  it.each([
    ['where the youth lives', '0344', concerned, true],
    ['of an organisation that filed', '0307', concerned, true],
    ['of the whole region', null, concerned, true],
    ['of another municipality', '0355', concerned, false],
    ['of a municipality where the youth may live', '0344', { home: null, organisations: ['0307'] }, false],
  ])('is handled by the process manager %s: %s', (_which, municipality, of, handles) => {
    expect(mayGiveAccess([municipality], of)).toBe(handles);
  });

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
    expect(answersFor(['0307'], organisation)).toBe(decides);
    expect(answersFor([null], organisation)).toBe(true);
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
});
