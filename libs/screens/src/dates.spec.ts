import { birthDateText, clockText, dayTyped, isoBirthDate, isoDay, today } from './dates.js';

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

describe('a birth date as somebody types it', () => {
  it.each([
    ['14-3-2012', '2012-03-14'],
    ['3-2012', '2012-03'],
    [' 03/2012 ', '2012-03'],
    ['2012', '2012'],
    ['00-03-2012', '2012-03'],
    ['0-0-2012', '2012'],
    ['2012-03', '2012-03'],
    ['2012-00-00', '2012'],
    ['14-3', '14-3'],
    ['', ''],
  ])('is read as far as it is known: %s', (typed, date) => {
    expect(isoBirthDate(typed)).toBe(date);
  });
});

it.each([
  ['2026-12-31T22:59:59Z', '2026-12-31'],
  ['2026-12-31T23:30:00Z', '2027-01-01'],
  ['2026-07-01T22:00:00Z', '2026-07-02'],
])('today is the day of the Dutch clock: at %s it is %s', (now, day) => {
  expect(today(new Date(now))).toBe(day);
});

it.each([
  ['2012-03-14', '14 maart 2012', '14 March 2012'],
  ['2012-03', 'maart 2012', 'March 2012'],
  ['2012', '2012', '2012'],
])(
  'a birth date is shown as far as it is known, in the language of the reader: %s',
  (known, dutch, english) => {
    expect(birthDateText(known, 'nl')).toBe(dutch);
    expect(birthDateText(known, 'en')).toBe(english);
  },
);

it.each([
  ['2026-12-01T13:03:00Z', '14:03'],
  ['2026-07-01T12:03:00Z', '14:03'],
])('a moment of today is told by the Dutch clock: %s', (moment, clock) => {
  expect(clockText(moment, 'nl')).toBe(clock);
  expect(clockText(moment, 'en')).toBe(clock);
});
