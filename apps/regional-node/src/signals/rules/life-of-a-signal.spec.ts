import { linkedRemoval } from './linked-removal.rule.js';
import { lookUpsInVain, mayLookUp } from './look-up-limit.rule.js';
import { loggedCause } from './logged-cause.rule.js';
import { mayRenew } from './may-renew.rule.js';
import { mayUndo } from './may-undo.rule.js';
import { whenToShare } from './when-to-share.rule.js';
import { lastToRemind, reminderDue } from './reminder-due.rule.js';
import { removalCause } from './removal-cause.rule.js';

describe('the cause of a removal', () => {
  it.each([
    ['2028-11-23', 'age'],
    ['2028-11-24', 'age'],
    ['2028-11-25', 'expired'],
    [undefined, 'expired'],
  ])('on 24 November 2028, with the 23rd birthday on %s, is %s', (birthday23, cause) => {
    expect(removalCause('2028-11-24', birthday23)).toBe(cause);
  });
});

describe('the cause in the logbook', () => {
  it.each(['not-justified', 'risk-gone', 'wrong-youth', 'undone'] as const)('is not %s', (weighed) => {
    expect(loggedCause(weighed)).toBeUndefined();
  });
  it.each([
    ...(['expired', 'age', 'deceased', 'renewed'] as const),
    ...(['organisation-left', 'professional-departed', 'erased-before', 'erased-on-request'] as const),
  ])('may be %s', (cause) => {
    expect(loggedCause(cause)).toBe(cause);
  });
});

describe('the reminder of a signal that expires on 24 December', () => {
  const signal = { removalDate: '2026-12-24', removalCause: 'expired' as const, reminded: false };
  it.each([
    ['2026-11-23', false],
    ['2026-11-24', true],
    ['2026-11-25', true],
    ['2026-12-23', true],
    ['2026-12-24', false],
  ])('is on %s due: %s', (today, due) => {
    expect(reminderDue(signal, today)).toBe(due);
    expect(signal.removalDate <= lastToRemind(today)).toBe(today >= '2026-11-24');
  });

  it('is sent once, and not for a birthday', () => {
    expect(reminderDue({ ...signal, reminded: true }, '2026-12-01')).toBe(false);
    expect(reminderDue({ ...signal, removalCause: 'age' }, '2026-12-01')).toBe(false);
  });
});

describe('the renewal of a signal that expires on 30 December', () => {
  const signal = { removalDate: '2026-12-30', removalCause: 'expired' as const };
  it.each([
    ['2026-10-30', false],
    ['2026-10-31', true],
    ['2026-11-01', true],
    ['2026-12-29', true],
    ['2026-12-30', false],
  ])('is on %s open: %s', (today, open) => {
    expect(mayRenew(signal, today)).toBe(open);
  });

  it('is never open when it ends on the 23rd birthday', () => {
    expect(mayRenew({ ...signal, removalCause: 'age' }, '2026-12-29')).toBe(false);
  });
});

describe('a filing', () => {
  it('can be undone while it is held, and not once it is shared', () => {
    expect(mayUndo({ sharedAt: null })).toBe(true);
    expect(mayUndo({ sharedAt: new Date('2026-11-24T10:00:00Z') })).toBe(false);
  });

  const sharesAt = new Date('2026-11-24T10:00:00Z');
  it.each([
    ['2026-11-24T08:59:59Z', 'ask-filer'],
    ['2026-11-24T09:00:00Z', 'later'],
    ['2026-11-24T09:59:59Z', 'later'],
    ['2026-11-24T10:00:00Z', 'now'],
    ['2026-11-24T11:00:00Z', 'now'],
    ['2026-11-24T11:00:01Z', 'ask-filer'],
  ])('whose moment is 10:00 is at %s shared: %s', (now, when) => {
    expect(whenToShare(sharesAt, new Date(now))).toBe(when);
  });
});

describe('look-ups of one day', () => {
  it.each([
    [{ previews: 0, filings: 0, signals: 0 }, 0],
    [{ previews: 5, filings: 5, signals: 5 }, 0],
    [{ previews: 0, filings: 9, signals: 9 }, 0],
    [{ previews: 7, filings: 5, signals: 5 }, 2],
    [{ previews: 0, filings: 9, signals: 6 }, 3],
    [{ previews: 7, filings: 6, signals: 5 }, 3],
  ])('%j were %i times in vain', (day, inVain) => {
    expect(lookUpsInVain(day)).toBe(inVain);
  });

  it.each([
    [59, true],
    [60, false],
    [61, false],
  ])('may be one more after %i in vain of 60: %s', (previews, may) => {
    expect(mayLookUp({ previews, filings: 0, signals: 0 }, 60)).toBe(may);
  });
});

describe('the removal date of a signal whose youth got a BSN', () => {
  const filed = { removalDate: '2028-11-24', removalCause: 'expired' } as const;

  it('stays, unless the 23rd birthday comes before it or on it', () => {
    expect(linkedRemoval(filed, '2028-11-25')).toEqual(filed);
    expect(linkedRemoval(filed, undefined)).toEqual(filed);
    expect(linkedRemoval(filed, '2028-11-24')).toEqual({ removalDate: '2028-11-24', removalCause: 'age' });
    expect(linkedRemoval(filed, '2028-11-23')).toEqual({ removalDate: '2028-11-23', removalCause: 'age' });
  });
  it('is never later than was said', () => {
    const young = { removalDate: '2027-01-01', removalCause: 'age' } as const;
    expect(linkedRemoval(young, '2029-01-01')).toEqual(young);
  });
});
