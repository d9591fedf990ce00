import { linkedRemoval } from './linked-removal.rule.js';
import { openAgainAt, raised } from './look-up-limit.rule.js';
import { endsTooOften } from './ends-too-often.rule.js';
import { mayRaiseLimit } from './may-raise-limit.rule.js';
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
    expect(loggedCause(weighed, true)).toBeUndefined();
  });
  it.each(['not-justified', 'risk-gone', 'wrong-youth', 'undone'] as const)(
    'is that it was undone when the signal was not shared, and not %s',
    (weighed) => {
      expect(loggedCause(weighed, false)).toBe('undone');
    },
  );
  it.each([
    ...(['expired', 'age', 'deceased', 'renewed'] as const),
    ...(['organisation-left', 'professional-departed', 'erased-before', 'erased-on-request'] as const),
  ])('may be %s', (cause) => {
    expect(loggedCause(cause, true)).toBe(cause);
    expect(loggedCause(cause, false)).toBe(cause);
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

describe('a limit in a sliding window', () => {
  const HOUR = 3_600_000;
  const now = new Date('2026-11-24T10:00:00Z');
  const ago = (hours: number): Date => new Date(now.getTime() - hours * HOUR);
  const limit = { most: 2, within: 24 * HOUR };

  it('is open while fewer were done in the window', () => {
    expect(openAgainAt([], [limit], now)).toBeUndefined();
    expect(openAgainAt([ago(1)], [limit], now)).toBeUndefined();
    expect(openAgainAt([ago(1), ago(24), ago(30)], [limit], now)).toBeUndefined();
  });

  it('is open again when so many have left the window that one more fits', () => {
    expect(openAgainAt([ago(1), ago(23)], [limit], now)).toEqual(ago(-1));
    expect(openAgainAt([ago(23), ago(1), ago(2)], [limit], now)).toEqual(ago(-22));
  });

  it('goes by the window that is closed for longest', () => {
    const limits = [{ most: 1, within: 2 * HOUR }, limit, { most: 9, within: HOUR }];
    expect(openAgainAt([ago(1), ago(3)], limits, now)).toEqual(ago(-21));
    expect(openAgainAt([ago(3)], limits, now)).toBeUndefined();
  });

  it('is three times as much when it was raised', () => {
    expect(raised(limit)).toEqual({ most: 6, within: limit.within });
  });
});

describe('who ends signals that they filed', () => {
  it.each([
    [20, 20, false],
    [21, 5, false],
    [21, 6, true],
    [24, 6, false],
    [24, 7, true],
  ])('%i filed, %i ended: is looked at: %s', (filed, ended, looked) => {
    expect(endsTooOften({ filed, ended })).toBe(looked);
  });
});

describe('a limit on filing', () => {
  const person = (
    subject: string,
    role: 'professional' | 'coordinator' | 'operator',
    organisationId = 'school',
  ) => ({
    ...{ subject, organisationId, roles: [role] },
  });
  const teacher = person('teacher', 'professional');
  const coordinated = { worksAlone: false, hasCoordinator: true };
  const coordinator = person('coordinator', 'coordinator');
  const operator = person('operator', 'operator', 'region');

  it('is raised by the coordinator of the organisation', () => {
    expect(mayRaiseLimit(coordinator, teacher, coordinated)).toBe(true);
    expect(mayRaiseLimit(person('other', 'coordinator', 'other'), teacher, coordinated)).toBe(false);
    expect(mayRaiseLimit(operator, teacher, coordinated)).toBe(false);
    expect(mayRaiseLimit(person('colleague', 'professional'), teacher, coordinated)).toBe(false);
  });

  it('is raised by an operator for who works alone or has no coordinator', () => {
    for (const around of [
      { worksAlone: true, hasCoordinator: true },
      { worksAlone: false, hasCoordinator: false },
    ]) {
      expect(mayRaiseLimit(operator, teacher, around)).toBe(true);
      expect(mayRaiseLimit(coordinator, teacher, around)).toBe(false);
    }
  });

  it('is raised for nobody who files nothing, and by nobody for themselves under another designation', () => {
    expect(mayRaiseLimit(coordinator, person('x', 'coordinator'), coordinated)).toBe(false);
    expect(mayRaiseLimit(person('teacher', 'coordinator'), teacher, coordinated)).toBe(false);
    expect(mayRaiseLimit(person('teacher', 'operator'), teacher, { ...coordinated, worksAlone: true })).toBe(
      false,
    );
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
