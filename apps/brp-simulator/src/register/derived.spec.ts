import { addressLinesOf, ageOn, initialsOf } from './derived.js';
import { withLongFormat } from './long-format.js';
import type { Address, Person } from './person.js';

const bornOn = (datum: NonNullable<Person['geboorte']>['datum'], rest: Partial<Person> = {}): Person => ({
  burgerservicenummer: '999910000',
  geboorte: { datum },
  ...rest,
});
const livingAt = (verblijfadres: Address): Person => ({
  burgerservicenummer: '999910000',
  verblijfplaats: { type: 'Adres', verblijfadres },
});

describe('initials', () => {
  it.each([
    ['Yvonne Johanna', 'Y.J.'],
    ['Theodoor-Christiaan R. Philip ', 'T.R.P.'],
    ['Émile Çağla', 'É.Ç.'],
    ['Rente @ 100%', 'R.1.'],
    ['@', undefined],
    ['Al '.repeat(25), 'A.'.repeat(20)],
  ])('of %s are %s', (voornamen, initials) => {
    expect(initialsOf({ voornamen })).toBe(initials);
  });

  it('are none without first names', () => {
    expect(initialsOf({ geslachtsnaam: 'Otubovic' })).toBeUndefined();
  });
});

describe('an age', () => {
  it.each([
    ['the day before the birthday', { type: 'Datum', datum: '2003-11-24' }, '2026-11-23', 22],
    ['the birthday', { type: 'Datum', datum: '2003-11-24' }, '2026-11-24', 23],
    ['28 February, born on the 29th', { type: 'Datum', datum: '2004-02-29' }, '2027-02-28', 22],
    ['1 March, born on 29 February', { type: 'Datum', datum: '2004-02-29' }, '2027-03-01', 23],
    [
      'the month before the birthday, day unknown',
      { type: 'JaarMaandDatum', jaar: 2003, maand: 12 },
      '2026-11-24',
      22,
    ],
    [
      'the month of the birthday, day unknown',
      { type: 'JaarMaandDatum', jaar: 2003, maand: 11 },
      '2026-11-24',
      undefined,
    ],
    [
      'the month after the birthday, day unknown',
      { type: 'JaarMaandDatum', jaar: 2003, maand: 10 },
      '2026-11-24',
      23,
    ],
    ['a day of which only the year is known', { type: 'JaarDatum', jaar: 2003 }, '2026-11-24', undefined],
    ['an unknown day', { type: 'DatumOnbekend', onbekend: true }, '2026-11-24', undefined],
  ] as const)('on %s', (_, datum, today, age) => {
    expect(ageOn(bornOn(datum), today)).toBe(age);
  });

  it('is not told of the dead', () => {
    const reden = { code: 'O' };
    const dead = bornOn({ type: 'Datum', datum: '2003-11-24' }, { opschortingBijhouding: { reden } });
    expect(ageOn(dead, '2026-11-24')).toBeUndefined();
  });
});

describe('address lines', () => {
  it.each<[Address, string]>([
    [{ korteStraatnaam: 'Borgesiusstraat', huisnummer: 103 }, 'Borgesiusstraat 103'],
    [{ korteStraatnaam: 'Borgesiusstraat', huisnummer: 103, huisletter: 'c' }, 'Borgesiusstraat 103 c'],
    [
      { korteStraatnaam: 'Daniël Stalpertstraat', huisnummer: 35, huisnummertoevoeging: 'III' },
      'Daniël Stalpertstraat 35 III',
    ],
    [{ korteStraatnaam: 'Atatürkstraat', huisnummer: 9, huisnummertoevoeging: '2' }, 'Atatürkstraat 9-2'],
    [
      { korteStraatnaam: 'Cronus', huisnummer: 555, huisletter: 'B', huisnummertoevoeging: '73c' },
      'Cronus 555 B73c',
    ],
  ])('join street and number: %j', (address, line) => {
    expect(addressLinesOf(livingAt(address))?.adresregel1).toBe(line);
  });

  it('have the postcode, two spaces and the town in capitals', () => {
    expect(addressLinesOf(livingAt({ postcode: '2497BV', woonplaats: 'Scheveningen' }))).toEqual({
      adresregel1: undefined,
      adresregel2: '2497 BV  SCHEVENINGEN',
    });
    expect(addressLinesOf(livingAt({ postcode: '2497BV' }))?.adresregel2).toBe('2497 BV');
  });

  it('abroad are those of the register', () => {
    const land = { code: '6014', omschrijving: 'Verenigde Staten van Amerika' };
    const person: Person = {
      burgerservicenummer: '999910000',
      verblijfplaats: { type: 'VerblijfplaatsBuitenland', verblijfadres: { regel1: '1 Sample Road', land } },
    };
    expect(addressLinesOf(person)).toEqual({ adresregel1: '1 Sample Road', land });
  });
});

describe('a date in full', () => {
  it.each([
    [{ type: 'Datum', datum: '2012-05-02' }, '2 mei 2012'],
    [{ type: 'JaarMaandDatum', jaar: 2008, maand: 12 }, 'december 2008'],
    [{ type: 'JaarDatum', jaar: 2009 }, '2009'],
    [{ type: 'DatumOnbekend', onbekend: true }, 'onbekend'],
  ] as const)('%j is "%s"', (date, text) => {
    expect(withLongFormat(date).langFormaat).toBe(text);
  });
});
