import { agoText, dayAndHour, spanText } from './times.js';

describe('how long ago', () => {
  it.each([
    ['2026-03-01T11:59:48Z', '12 seconden geleden'],
    ['2026-03-01T11:58:01Z', '1 minuut geleden'],
    ['2026-03-01T09:00:00Z', '3 uur geleden'],
    ['2026-02-27T11:00:00Z', '2 dagen geleden'],
    // a clock that is ahead
    ['2026-03-01T12:00:03Z', '0 seconden geleden'],
  ])('%s was is told in the largest unit that fits: %s', (moment, text) => {
    expect(agoText(moment, '2026-03-01T12:00:00Z', 'nl')).toBe(text);
  });
});

describe('a stretch of time', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min 0 s'],
    [3_599, '59 min 59 s'],
    [3_660, '1 h 1 min'],
  ])('of %d seconds reads %s', (seconds, text) => {
    expect(spanText(seconds)).toBe(text);
  });
});

describe('an hour of the week', () => {
  it('is that of the Dutch clock, in winter and in summer', () => {
    expect(dayAndHour('2026-01-31T23:00:00Z')).toEqual({ day: '2026-02-01', hour: 0 });
    expect(dayAndHour('2026-07-31T23:00:00Z')).toEqual({ day: '2026-08-01', hour: 1 });
  });
});
