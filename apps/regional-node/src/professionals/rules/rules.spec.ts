import { dayInAmsterdam } from '#libs/calendar';
import { confirmContactOn, contactReminderDue } from './confirm-contact.rule.js';
import { handedOver } from './handed-over.rule.js';

describe('the signals of somebody who leaves', () => {
  const signals = [
    { id: 1, youthId: 'a' },
    { id: 2, youthId: 'b' },
  ];
  it('go to the colleague, but for youths on whom that one has a signal', () => {
    expect(handedOver(signals, [{ youthId: 'b' }, { youthId: 'c' }])).toEqual({
      over: [signals[0]],
      ending: [signals[1]],
    });
    expect(handedOver(signals, [])).toEqual({ over: signals, ending: [] });
  });
  it('end when nobody takes over', () => {
    expect(handedOver(signals, undefined)).toEqual({ over: [], ending: signals });
  });
});

describe('contact details', () => {
  it('are to be confirmed again after so many months, on the last day of one that is too short', () => {
    expect(confirmContactOn('2026-11-24', 6)).toBe('2027-05-24');
    expect(confirmContactOn('2026-08-31', 6)).toBe('2027-03-01');
    expect(confirmContactOn('2026-12-31', 12)).toBe('2027-12-31');
  });
  it('are asked for from midnight in Amsterdam of that day, once', () => {
    const due = (moment: string, remindedOn: string | null = null) =>
      contactReminderDue({ confirmedOn: '2026-11-24', remindedOn }, 6, dayInAmsterdam(new Date(moment)));
    expect(due('2027-05-23T21:59:59Z')).toBe(false);
    expect(due('2027-05-23T22:00:00Z')).toBe(true);
    expect(due('2027-05-25T12:00:00Z')).toBe(true);
    expect(due('2027-05-25T12:00:00Z', '2027-05-24')).toBe(false);
    expect(due('2027-05-25T12:00:00Z', '2026-11-01')).toBe(true);
  });
});
