import { dayInAmsterdam } from '#libs/calendar';
import { absentOn } from './absent-on.rule.js';
import { standInFor } from './stand-in.rule.js';

const on = (moment: string) => dayInAmsterdam(new Date(moment));

describe('an absence', () => {
  const absence = { from: '2026-12-01', until: '2026-12-03' };
  it('lasts from midnight of the first day to midnight after the last one, in Amsterdam', () => {
    expect(absentOn(absence, on('2026-11-30T22:59:59Z'))).toBe(false);
    expect(absentOn(absence, on('2026-11-30T23:00:00Z'))).toBe(true);
    expect(absentOn(absence, on('2026-12-03T22:59:59Z'))).toBe(true);
    expect(absentOn(absence, on('2026-12-03T23:00:00Z'))).toBe(false);
    expect(absentOn(undefined, '2026-12-01')).toBe(false);
  });
  it('may be of one day', () => {
    const oneDay = { from: '2026-12-01', until: '2026-12-01' };
    expect(['2026-11-30', '2026-12-01', '2026-12-02'].map((day) => absentOn(oneDay, day))).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('the stand-in', () => {
  const absence = { professionalId: 'a', from: '2026-12-01', until: '2026-12-31', replacementId: 'b' };
  const theirs = { professionalId: 'b', from: '2026-12-10', until: '2026-12-11', replacementId: 'c' };

  it('is the replacement while the absence lasts', () => {
    const days = ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'];
    expect(days.map((day) => standInFor('a', [absence], day))).toEqual([undefined, 'b', 'b', undefined]);
    expect(standInFor('b', [absence], '2026-12-01')).toBeUndefined();
  });
  it('is nobody while the replacement is absent too, or there is none', () => {
    const days = ['2026-12-09', '2026-12-10', '2026-12-11', '2026-12-12'];
    expect(days.map((day) => standInFor('a', [absence, theirs], day))).toEqual([
      'b',
      undefined,
      undefined,
      'b',
    ]);
    expect(standInFor('a', [{ ...absence, replacementId: null }], '2026-12-09')).toBeUndefined();
  });
});
