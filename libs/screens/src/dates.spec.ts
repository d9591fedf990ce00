import { dayTyped, isoDay } from './dates.js';

describe('a day as somebody types it', () => {
  it.each([
    ['14-3-2012', '2012-03-14'],
    ['14/03/2012', '2012-03-14'],
    ['14.3.2012', '2012-03-14'],
    [' 1 2 2012 ', '2012-02-01'],
    ['14032012', '2012-03-14'],
    ['2012-03-14', '2012-03-14'],
  ])('is read the Dutch way: %s', (typed, day) => {
    expect(isoDay(typed)).toBe(day);
  });

  it('is shown again as it would be typed', () => {
    expect(dayTyped('2012-03-04')).toBe('4-3-2012');
    expect(isoDay(dayTyped('2012-03-04'))).toBe('2012-03-04');
  });

  it('stays as it is when it is none, for the server to say so', () => {
    for (const typed of ['', 'maart 2012', '14-3', '14-3-12', '140312']) expect(isoDay(typed)).toBe(typed);
  });
});
