import { appointsOneself } from './appoints-oneself.rule.js';
import { isSolo, whoConfirms } from './who-confirms.rule.js';

describe('somebody appoints themselves', () => {
  const [anna, bart, carla] = [{ subject: 'anna' }, { subject: 'bart' }, { subject: 'carla' }];

  it('as stand-in or successor of a colleague, not of themselves, and not by naming another', () => {
    expect(appointsOneself(carla, anna, carla)).toBe(true);
    expect(appointsOneself(carla, anna, bart)).toBe(false);
    expect(appointsOneself(anna, anna, bart)).toBe(false);
    expect(appointsOneself(anna, anna, anna)).toBe(false);
  });
});

describe('a proposal about a person', () => {
  it('is confirmed by a coordinator or an operator when it is about standing in or taking over', () => {
    for (const kind of ['stand-in', 'hand-over'] as const)
      expect(whoConfirms(kind, { people: 1, coordinators: 0 })).toEqual(['coordinator', 'operator']);
  });

  it('to designate somebody is confirmed by a coordinator, and of a solo functionary by an operator', () => {
    expect(whoConfirms('designation', { people: 1, coordinators: 0 })).toEqual(['operator']);
    expect(whoConfirms('designation', { people: 2, coordinators: 0 })).toEqual(['coordinator']);
    expect(whoConfirms('designation', { people: 1, coordinators: 1 })).toEqual(['coordinator']);
  });

  it('is about a solo functionary where nobody else is in the organisation', () => {
    expect(isSolo({ people: 1, coordinators: 0 })).toBe(true);
    expect(isSolo({ people: 1, coordinators: 1 })).toBe(false);
    expect(isSolo({ people: 2, coordinators: 0 })).toBe(false);
    expect(isSolo({ people: 0, coordinators: 0 })).toBe(false);
  });
});
