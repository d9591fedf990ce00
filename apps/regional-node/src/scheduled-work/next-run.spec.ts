import { nextRun } from './next-run.js';

const at = (text: string) => new Date(text);

describe('the next run of scheduled work', () => {
  it('comes so many seconds later', () => {
    expect(nextRun({ everySeconds: 60 }, at('2026-11-24T10:00:00.500Z'))).toEqual(
      at('2026-11-24T10:01:00.500Z'),
    );
  });

  it.each([
    ['before the time, today', '2026-11-24T05:59:59Z', '2026-11-24T06:00:00Z'],
    ['at the time, tomorrow', '2026-11-24T06:00:00Z', '2026-11-25T06:00:00Z'],
    ['after the time, tomorrow', '2026-11-24T06:00:01Z', '2026-11-25T06:00:00Z'],
    [
      'when midnight has passed in Amsterdam and not in Greenwich',
      '2026-11-24T23:30:00Z',
      '2026-11-25T06:00:00Z',
    ],
    ['in summer, an hour earlier by Greenwich', '2026-07-01T04:00:00Z', '2026-07-01T05:00:00Z'],
    ['over the night in which summer time begins', '2026-03-28T06:00:00Z', '2026-03-29T05:00:00Z'],
    ['over the night in which it ends', '2026-10-24T05:00:00Z', '2026-10-25T06:00:00Z'],
    ['on New Year’s Eve', '2026-12-31T12:00:00Z', '2027-01-01T06:00:00Z'],
  ])('comes at seven o’clock: %s', (_, after, next) => {
    expect(nextRun({ dailyAt: '07:00' }, at(after))).toEqual(at(next));
  });

  it('comes once on the days with an hour too many or too few', () => {
    expect(nextRun({ dailyAt: '02:30' }, at('2026-10-24T22:30:00Z'))).toEqual(at('2026-10-25T00:30:00Z'));
    expect(nextRun({ dailyAt: '02:30' }, at('2026-10-25T00:30:00Z'))).toEqual(at('2026-10-26T01:30:00Z'));
    expect(nextRun({ dailyAt: '02:30' }, at('2026-03-28T23:30:00Z'))).toEqual(at('2026-03-29T01:30:00Z'));
  });
});
