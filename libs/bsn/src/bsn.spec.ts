import { inspect } from 'node:util';
import { Bsn, InvalidBsn } from './index.js';

describe('Bsn', () => {
  it('reads nine digits that pass the 11-test', () => {
    expect(Bsn.parse('999998006').revealDigits()).toBe('999998006');
    expect(Bsn.parse('000009830').revealDigits()).toBe('000009830');
  });

  it('gives eight digits their leading zero', () => {
    expect(Bsn.parse('10000008').revealDigits()).toBe('010000008');
  });

  it.each([
    ['one digit changed', '999998007'],
    ['two digits swapped', '999980996'],
    ['a sum that is a multiple of eleven only with a positive last weight', '100000002'],
    ['nothing but zeros', '000000000'],
    ['eight zeros', '00000000'],
    ['seven digits', '9999980'],
    ['ten digits', '0999998006'],
    ['a space', '999998006 '],
    ['a new line', '999998006\n'],
    ['separators', '9999.98.006'],
    ['digits of another script', '٩٩٩٩٩٨٠٠٦'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => Bsn.parse(text)).toThrow(InvalidBsn);
  });

  it('passes exactly one last digit or none for eight leading digits', () => {
    for (let head = 99_990_000; head < 99_990_200; head += 1) {
      const passing = [...'0123456789'].filter((last) => {
        try {
          return Bsn.parse(`${head}${last}`);
        } catch {
          return false;
        }
      });
      const rest = [...String(head)].reduce((sum, digit, place) => sum + (9 - place) * Number(digit), 0) % 11;
      expect(passing).toEqual(rest === 10 ? [] : [String(rest)]);
    }
  });

  it('does not repeat a wrong number in the error', () => {
    expect.assertions(2);
    try {
      Bsn.parse('999998007');
    } catch (error) {
      expect(inspect(error)).not.toContain('999998007');
      expect((error as Error).message).toBe('not a valid BSN');
    }
  });

  it('masks itself in every way to text', () => {
    const bsn = Bsn.parse('999998006');
    const texts = [
      `${bsn as unknown as string}`,
      String(bsn),
      JSON.stringify({ bsn }),
      inspect(bsn),
      inspect({ deep: [bsn] }, { showHidden: true }),
    ];
    for (const text of texts) {
      expect(text).toContain('[Bsn]');
      expect(text).not.toContain('999998006');
    }
    expect(Object.values(bsn)).toEqual([]);
  });

  it('equals another of the same number only', () => {
    expect(Bsn.parse('999998006').equals(Bsn.parse('999998006'))).toBe(true);
    expect(Bsn.parse('10000008').equals(Bsn.parse('010000008'))).toBe(true);
    expect(Bsn.parse('999998006').equals(Bsn.parse('999997981'))).toBe(false);
  });
});
