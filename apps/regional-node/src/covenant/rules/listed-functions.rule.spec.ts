import { DEFAULT_FUNCTIONS, FUNCTIONS_ANYWHERE, FUNCTIONS_OF_OTHERS } from './default-functions.js';
import { functionsOfKind, mayHaveFunction } from './listed-functions.rule.js';
import { ORGANISATION_KINDS } from './organisation-kinds.js';

describe('the functions of a kind of organisation', () => {
  it('are those of the covenant, and those of every organisation', () => {
    const functions = functionsOfKind([{ kind: 'school', names: ['Juf', 'Contactpersoon'] }], 'school');
    expect([...functions].sort()).toEqual([...FUNCTIONS_ANYWHERE, 'Juf'].sort());
  });

  it.each([undefined, [], [{ kind: 'police', names: ['Agent'] }]])(
    'are the usual ones where the covenant lists none: %j',
    (lists) => {
      expect(functionsOfKind(lists, 'school')).toEqual(
        expect.arrayContaining(['Leerkracht', 'Contactpersoon']),
      );
      expect(functionsOfKind(lists, 'school')).not.toContain('Agent');
    },
  );

  it('are known of every kind of the law, and of no other', () => {
    expect(Object.keys(DEFAULT_FUNCTIONS).sort()).toEqual(Object.keys(ORGANISATION_KINDS).sort());
    for (const kind of ['sports-club', 'constructor'])
      expect(functionsOfKind(undefined, kind)).toEqual(expect.arrayContaining([...FUNCTIONS_OF_OTHERS]));
  });
});

describe('a function', () => {
  it.each([
    ['of the list', 'Mentor', undefined, true],
    ['outside it', 'Juf', undefined, false],
    ['outside it that they have', 'Juf', 'Juf', true],
    ['outside it while they have another', 'Juf', 'Mentor', false],
  ])('%s may be theirs: %s', (_which, wanted, present, may) => {
    expect(mayHaveFunction(wanted, ['Mentor', 'Docent'], present)).toBe(may);
  });
});
