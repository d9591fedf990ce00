import { addDays, dayInAmsterdam, isDay, momentInAmsterdam } from './index.js';

const dayAt = (moment: string) => dayInAmsterdam(new Date(moment));

describe('a day', () => {
  it('exists in the calendar', () => {
    expect(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01'].filter(isDay)).toHaveLength(4);
    expect(
      [
        ...['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1'],
        ...['2026-01-01T00:00', '', '0000-01-01', '2026-01-00'],
      ].filter(isDay),
    ).toEqual([]);
  });

  it('begins and ends at midnight in Amsterdam, in winter and in summer', () => {
    expect([dayAt('2026-11-23T22:59:59Z'), dayAt('2026-11-23T23:00:00Z')]).toEqual([
      '2026-11-23',
      '2026-11-24',
    ]);
    expect([dayAt('2026-06-30T21:59:59Z'), dayAt('2026-06-30T22:00:00Z')]).toEqual([
      '2026-06-30',
      '2026-07-01',
    ]);
  });

  it.each([
    ['at 23:30 in Greenwich, in winter', '2026-12-01T23:30:00Z', '2026-12-02'],
    ['at 23:30 in Greenwich, in summer', '2026-07-01T23:30:00Z', '2026-07-02'],
    ['at 23:30 in Greenwich on the last day of the year', '2026-12-31T23:30:00Z', '2027-01-01'],
    ['in the last minute of the year', '2026-12-31T22:59:59Z', '2026-12-31'],
    ['in the last minute before the day on which summer time begins', '2026-03-28T22:59:59Z', '2026-03-28'],
    ['in the first minute of that day', '2026-03-28T23:00:00Z', '2026-03-29'],
    ['in the last minute of that day, an hour earlier', '2026-03-29T21:59:59Z', '2026-03-29'],
    ['in the first minute after it', '2026-03-29T22:00:00Z', '2026-03-30'],
    ['in the first minute of the day on which summer time ends', '2026-10-24T22:00:00Z', '2026-10-25'],
    ['in the last minute of that day, an hour later', '2026-10-25T22:59:59Z', '2026-10-25'],
    ['in the first minute after it', '2026-10-25T23:00:00Z', '2026-10-26'],
  ])('%s is %s → %s', (_, moment, day) => {
    expect(dayAt(moment)).toBe(day);
  });

  it('is followed by the next one, over every change of the clock and of the year', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it('begins at its own midnight', () => {
    expect(momentInAmsterdam('2026-03-29', '00:00')).toEqual(new Date('2026-03-28T23:00:00Z'));
    expect(momentInAmsterdam('2026-03-30', '00:00')).toEqual(new Date('2026-03-29T22:00:00Z'));
    expect(momentInAmsterdam('2026-10-26', '00:00')).toEqual(new Date('2026-10-25T23:00:00Z'));
    expect(momentInAmsterdam('2027-01-01', '00:00')).toEqual(new Date('2026-12-31T23:00:00Z'));
  });
});
