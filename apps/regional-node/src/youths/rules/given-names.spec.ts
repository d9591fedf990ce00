import { givenNameSpellings, isGivenName } from './given-names.rule.js';

describe('a given name', () => {
  it.each([
    ['Lisa', 'Lisa'],
    ['lisa', 'Lisa Maria'],
    ['Maria', 'Lisa Maria'],
    ['Lisa Maria', 'Lisa Maria Johanna'],
    ['Anne-Marie', 'Annemarie'],
    ['Annemarie', 'Anne Marie'],
    ['Zoe', 'Zoë'],
    ['Zoë', 'Zoe'],
    ["L'vovna", 'Elona L’vovna'],
    ['-', ''],
    ['-', '.'],
  ])('%s is one of %s', (typed, registered) => expect(isGivenName(typed, registered)).toBe(true));

  it.each([
    ['Lis', 'Lisa'],
    ['Lisa', 'Lis'],
    ['Lisa Johanna', 'Lisa Maria Johanna'],
    ['Maria Lisa', 'Lisa Maria'],
    ['-', 'Lisa'],
    ['Lisa', ''],
    ['', 'Lisa'],
  ])('%s is none of %s', (typed, registered) => expect(isGivenName(typed, registered)).toBe(false));

  it.each<[string, string[]]>([
    ['Lisa Maria', ['Lisa']],
    ['Zoë', ['Zoë', 'zoe']],
    [' Anne-Marie ', ['Anne-Marie']],
    ['Thủy', ['Thuy']],
    ['-', []],
    ['', []],
  ])('%s is asked as %s', (typed, asked) => expect(givenNameSpellings(typed)).toEqual(asked));
});
