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
