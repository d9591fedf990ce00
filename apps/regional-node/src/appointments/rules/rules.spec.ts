import { isConfirmedOnMachine, mayConfirm } from './may-confirm.rule.js';

describe('the second pair of eyes', () => {
  const proposal = { proposedBy: 'anna', about: 'bart' };
  it('is neither the operator who proposed, nor the person concerned', () => {
    expect(mayConfirm('anna', proposal)).toBe(false);
    expect(mayConfirm('bart', proposal)).toBe(false);
    expect(mayConfirm('carla', proposal)).toBe(true);
  });
  it('is the command on the machine where there is no other operator', () => {
    expect(isConfirmedOnMachine(['anna'], proposal)).toBe(true);
    expect(isConfirmedOnMachine(['anna', 'bart'], proposal)).toBe(true);
    expect(isConfirmedOnMachine(['anna', 'carla'], proposal)).toBe(false);
  });
});
