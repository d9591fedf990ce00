import { nationalCount } from './traceable-to-nobody.rule.js';

describe('a count that is traceable to nobody', () => {
  it('is told from ten on, in tens', () => {
    expect([0, 1, 9, 10, 14, 15, 1234].map(nationalCount)).toEqual(['<10', '<10', '<10', 10, 10, 20, 1230]);
  });
});
