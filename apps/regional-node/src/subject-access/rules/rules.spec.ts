import { AUDIT_ACTIONS, type AuditAction } from '../../audit/index.js';
import { mayGiveAccess } from './may-give-access.rule.js';
import { shownToYouth } from './shown-to-youth.rule.js';

describe('a request of a youth', () => {
  const concerned = { home: '0344', organisations: ['0307', null] };
  it.each([
    ['where the youth lives', '0344', concerned, true],
    ['of an organisation that filed', '0307', concerned, true],
    ['of the whole region', null, concerned, true],
    ['of another municipality', '0355', concerned, false],
    ['of a municipality where the youth may live', '0344', { home: null, organisations: ['0307'] }, false],
  ])('is handled by the process manager %s: %s', (_which, municipality, of, handles) => {
    expect(mayGiveAccess(municipality, of)).toBe(handles);
  });

  const shown = (othersInvolved: boolean) =>
    (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => shownToYouth(action, othersInvolved));
  it('is told who filed, removed and was told of what', () => {
    expect(shown(true)).toEqual([
      ...(['signal-handed-over', 'signal-filed', 'signal-ended', 'match-notified', 'contact-made'] as const),
      ...(['match-confirmed', 'signal-renewed', 'signal-linked', 'archive-told', 'archive-shown'] as const),
    ]);
  });
  it('is not told of a match that can only be about a brother or sister', () => {
    expect(shown(true).filter((action) => !shownToYouth(action, false))).toEqual([
      'match-notified',
      'contact-made',
    ]);
  });
});
