import { addYears } from '#libs/calendar';
import { eligibleYouth } from './eligible-youth.rule.js';
import { informReminderUntil } from './inform-reminder.rule.js';
import { informWhom } from './inform-whom.rule.js';
import { mayFile } from './may-file.rule.js';
import { isNotBornYet } from './not-born-yet.rule.js';
import { removalDate } from './removal-date.rule.js';

describe('whom to inform', () => {
  it.each([
    ['2014-11-25', 'representatives'],
    ['2014-11-24', 'representatives-and-youth'],
    ['2010-11-25', 'representatives-and-youth'],
    ['2010-11-24', 'youth'],
    ['2026-11-24', 'representatives'],
  ])('for somebody born on %s is, on 24 November 2026, %s', (birthday, whom) => {
    expect(informWhom(birthday, '2026-11-24')).toBe(whom);
  });

  it('changes on 1 March for somebody born on 29 February', () => {
    expect(informWhom('2008-02-29', '2023-02-28')).toBe('representatives-and-youth');
    expect(informWhom('2008-02-29', '2024-02-28')).toBe('representatives-and-youth');
    expect(informWhom('2008-02-29', '2024-02-29')).toBe('youth');
    expect(informWhom('2011-03-01', '2023-02-28')).toBe('representatives');
    expect(informWhom('2012-02-29', '2025-02-28')).toBe('representatives-and-youth');
    expect(informWhom('2013-02-28', '2025-02-28')).toBe('representatives-and-youth');
  });
});

describe('a reminder to inform', () => {
  it('lasts six weeks for a filer who asks for it, and is none for another', () => {
    expect(informReminderUntil({ informed: 'not-yet', remind: true }, '2026-11-24')).toBe('2027-01-05');
    expect(informReminderUntil({ informed: 'not-yet', remind: false }, '2026-11-24')).toBeNull();
    expect(informReminderUntil({ informed: 'not-yet' }, '2026-11-24')).toBeNull();
    expect(informReminderUntil({ informed: 'yes', remind: true }, '2026-11-24')).toBeNull();
  });
});

describe('a birth date', () => {
  it('is no date of tomorrow, and may be one of today', () => {
    expect(isNotBornYet('2026-11-23', '2026-11-24')).toBe(false);
    expect(isNotBornYet('2026-11-24', '2026-11-24')).toBe(false);
    expect(isNotBornYet('2026-11-25', '2026-11-24')).toBe(true);
  });
});

describe('the removal date', () => {
  it('is the term of the covenant after filing', () => {
    expect(removalDate('2026-11-24', 24, undefined)).toBe('2028-11-24');
    expect(removalDate('2026-11-24', 1, '2030-01-01')).toBe('2026-12-24');
    expect(removalDate('2026-11-24', 2, '2030-01-01')).toBe('2027-01-24');
  });

  it('is the first of the next month when the month is too short, as for a birthday', () => {
    expect(removalDate('2026-08-31', 6, undefined)).toBe('2027-03-01');
    expect(removalDate('2028-02-29', 12, undefined)).toBe(addYears('2028-02-29', 1));
    expect(removalDate('2028-02-29', 24, undefined)).toBe('2030-03-01');
  });

  it('is the 23rd birthday when that is earlier', () => {
    expect(removalDate('2026-11-24', 24, '2028-11-23')).toBe('2028-11-23');
    expect(removalDate('2026-11-24', 24, '2028-11-25')).toBe('2028-11-24');
  });
});

describe('a professional may file', () => {
  const school = {
    id: 'school',
    name: 'School',
    sector: 'education' as const,
    kind: 'school',
    municipalities: ['0344'],
    mayUseBsn: true,
  };
  it('when designated by an organisation that signed', () => {
    const alone = { worksAlone: false, designatedColleagues: 3 };
    expect(mayFile({ designated: true, contactWaitsSince: null }, school, alone)).toBeUndefined();
    expect(mayFile({ designated: false, contactWaitsSince: null }, school, alone)).toBe(
      'professional-not-designated',
    );
    expect(mayFile({ designated: true, contactWaitsSince: null }, undefined, alone)).toBe(
      'organisation-not-in-covenant',
    );
  });

  it('after they confirmed the contact details that somebody else entered', () => {
    const alone = { worksAlone: false, designatedColleagues: 0 };
    const entered = { designated: true, contactWaitsSince: new Date() };
    expect(mayFile(entered, school, alone)).toBe('contact-unconfirmed');
  });

  it('who works alone only as themselves', () => {
    const alone = (designatedColleagues: number) => ({ worksAlone: true, designatedColleagues });
    expect(mayFile({ designated: true, contactWaitsSince: null }, school, alone(0))).toBeUndefined();
    expect(mayFile({ designated: true, contactWaitsSince: null }, school, alone(1))).toBe('works-alone');
    expect(mayFile({ designated: false, contactWaitsSince: null }, school, alone(1))).toBe(
      'professional-not-designated',
    );
  });
});

describe('a youth', () => {
  it('lives and is under 23', () => {
    expect(eligibleYouth({ deceased: false, is23OrOlder: false })).toBeUndefined();
    expect(eligibleYouth({ deceased: true, is23OrOlder: false })).toBe('deceased');
    expect(eligibleYouth({ deceased: false, is23OrOlder: true })).toBe('age');
    expect(eligibleYouth({ deceased: true, is23OrOlder: true })).toBe('deceased');
  });
});
