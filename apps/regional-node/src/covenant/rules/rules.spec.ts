import { dayInAmsterdam, isRecognisedHoliday } from '#libs/calendar';
import { covenantInForce } from './covenant-in-force.rule.js';
import { followUpStage } from './follow-up-stage.rule.js';
import { namedInMail } from './named-in-mail.rule.js';
import { isPublicHoliday } from './public-holiday.rule.js';
import { lastDayOfTerm } from './working-days.rule.js';

describe('the covenant in force', () => {
  const versions = [
    { version: 1, effectiveFrom: '2026-01-01' },
    { version: 2, effectiveFrom: '2027-01-01' },
    { version: 3, effectiveFrom: '2026-07-01' },
  ];
  const at = (moment: string) => covenantInForce(versions, dayInAmsterdam(new Date(moment)))?.version;

  it('changes at midnight in Amsterdam, in winter and in summer', () => {
    expect([at('2026-12-31T22:59:59.999Z'), at('2026-12-31T23:00:00Z')]).toEqual([3, 2]);
    expect([at('2026-06-30T21:59:59.999Z'), at('2026-06-30T22:00:00Z')]).toEqual([1, 3]);
    expect([at('2027-01-01T12:00:00Z'), at('2027-01-02T12:00:00Z')]).toEqual([2, 2]);
  });
  it('is the first one before there was any, the last of two of one day, and none when there is none', () => {
    expect(at('2020-01-01T00:00:00Z')).toBe(1);
    const twice = [{ version: 4, effectiveFrom: '2027-01-01' }, ...versions];
    expect(covenantInForce(twice, '2027-01-01')?.version).toBe(4);
    expect(covenantInForce([], '2027-01-01')).toBeUndefined();
  });
});

describe('a holiday of the covenant', () => {
  it('is one of the law, but for 5 May', () => {
    expect(isPublicHoliday('2026-12-25', 'never')).toBe(true);
    expect(isPublicHoliday('2026-04-06', 'never')).toBe(true);
    expect(isPublicHoliday('2026-12-24', 'every-year')).toBe(false);
  });

  it('is 5 May as the covenant says, while it is one of the law in every year', () => {
    expect(isRecognisedHoliday('2026-05-05')).toBe(true);
    expect(isPublicHoliday('2026-05-05', 'every-year')).toBe(true);
    expect(isPublicHoliday('2026-05-05', 'every-five-years')).toBe(false);
    expect(isPublicHoliday('2030-05-05', 'every-five-years')).toBe(true);
    expect(isPublicHoliday('2030-05-05', 'never')).toBe(false);
    expect(isPublicHoliday('2026-05-04', 'every-year')).toBe(false);
    expect(isPublicHoliday('2026-05-06', 'every-year')).toBe(false);
  });

  it('is 5 May for every covenant when it is Ascension Day', () => {
    expect(isPublicHoliday('2016-05-05', 'never')).toBe(true);
  });
});

describe('a term of working days', () => {
  it('does not count the day on which it begins, weekends and holidays', () => {
    // 24 November 2026 is a Tuesday
    expect(lastDayOfTerm('2026-11-24', 1, 'never')).toBe('2026-11-25');
    expect(lastDayOfTerm('2026-11-24', 4, 'never')).toBe('2026-11-30');
    expect(lastDayOfTerm('2026-11-28', 1, 'never')).toBe('2026-11-30');
    // Christmas on Friday and Saturday, New Year's Day on Friday
    expect(lastDayOfTerm('2026-12-24', 5, 'never')).toBe('2027-01-04');
    expect(lastDayOfTerm('2026-05-04', 1, 'never')).toBe('2026-05-05');
    expect(lastDayOfTerm('2026-05-04', 1, 'every-year')).toBe('2026-05-06');
    // Thursday before Easter
    expect(lastDayOfTerm('2026-04-02', 1, 'never')).toBe('2026-04-07');
  });
});

describe('the follow-up of a match', () => {
  const terms = {
    stalledAfterWorkingDays: 5,
    escalatedAfterWorkingDays: 10,
    liberationDay: 'never' as const,
  };
  const on = (moment: string, contactMade = false) =>
    followUpStage('2026-11-24', dayInAmsterdam(new Date(moment)), contactMade, terms);

  it('waits until the last day of the term, and is stalled from the midnight after it', () => {
    expect(on('2026-11-30T12:00:00Z')).toBe('waiting');
    expect(on('2026-12-01T22:59:59Z')).toBe('waiting');
    expect(on('2026-12-01T23:00:00Z')).toBe('stalled');
    expect(on('2026-12-02T12:00:00Z')).toBe('stalled');
  });
  it('is escalated from the midnight after the longer term', () => {
    expect(on('2026-12-07T12:00:00Z')).toBe('stalled');
    expect(on('2026-12-08T22:59:59Z')).toBe('stalled');
    expect(on('2026-12-08T23:00:00Z')).toBe('escalated');
  });
  it('is over when somebody is in contact', () => {
    expect(on('2026-12-31T12:00:00Z', true)).toBe('in-contact');
  });
});

describe('a mail', () => {
  const organisations = [
    { kind: 'police', sector: 'police-justice' },
    { kind: 'school', sector: 'education' },
  ] as Parameters<typeof namedInMail>[1]['organisations'];

  it('names everybody when the covenant has nobody seen after login only', () => {
    for (const kind of ['police', 'school', 'ggz'])
      expect(namedInMail(kind, { mails: { logInToSee: [] }, organisations })).toBe(true);
  });
  it('names nobody of such a sector, and nobody of a kind that may be', () => {
    const covenant = { mails: { logInToSee: ['police-justice' as const] }, organisations };
    expect(['police', 'school', 'ggz'].map((kind) => namedInMail(kind, covenant))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
