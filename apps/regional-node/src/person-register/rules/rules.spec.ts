import type { RegisterDate } from '#libs/calendar';
import { birthDateFits, knownBirthDate } from './birth-date-fits.rule.js';
import { municipalityOfResidence } from './municipality-of-residence.rule.js';
import { nextDatum } from './next-datum.rule.js';
import { personMeant, type Candidate } from './person-meant.rule.js';

describe('a birth date as somebody knows it', () => {
  it.each<[string, RegisterDate | undefined]>([
    ['2012-03-14', { type: 'Datum', datum: '2012-03-14' }],
    ['2012-03', { type: 'JaarMaandDatum', jaar: 2012, maand: 3 }],
    ['2012', { type: 'JaarDatum', jaar: 2012 }],
    ['2012-02-30', undefined],
    ['2012-13', undefined],
    ['0000', undefined],
    ['12', undefined],
    ['14-03-2012', undefined],
    ['2012-3', undefined],
    ['2012-', undefined],
    ['', undefined],
  ])('%s is read', (text, date) => expect(knownBirthDate(text)).toEqual(date));

  const unknown: RegisterDate = { type: 'DatumOnbekend', onbekend: true };
  it.each<[string, string | RegisterDate, string | RegisterDate, boolean]>([
    ['the same day', '2012-03-14', '2012-03-14', true],
    ['another day', '2012-03-14', '2012-03-15', false],
    ['the day before', '2012-03-14', '2012-03-13', false],
    ['the year of a day', '2012-03-14', '2012', false],
    ['the month of a day', '2012-03-14', '2012-03', false],
    ['a day of the month', '2012-03', '2012-03-31', true],
    ['a day of another month', '2012-03', '2012-04-01', false],
    ['the year of a month', '2012-03', '2012', false],
    ['a month of the year', '2012', '2012-12', true],
    ['the year', '2012', '2012', true],
    ['a month of another year', '2012', '2013-01', false],
    ['a day, when nothing is registered', unknown, '2012-03-14', true],
    ['a year, when nothing is registered', unknown, '2012', true],
    ['nothing, when a year is registered', '2012', unknown, false],
  ])('is that of the register or not: %s', (_, registered, given, expected) => {
    const read = (date: string | RegisterDate) => (typeof date === 'string' ? knownBirthDate(date)! : date);
    expect(birthDateFits(read(registered), read(given))).toBe(expected);
  });
});

describe('the person meant', () => {
  const nothing = { givenName: false, postcode: false, houseNumber: false };
  const postcode = { ...nothing, postcode: true };
  const named = { ...nothing, givenName: true };
  const full = { givenName: true, postcode: true, houseNumber: true };
  const person = (traits: Partial<Candidate> = {}) => ({
    ...{ isProtected: false, isNamed: false, livesThere: false },
    ...traits,
  });
  const secret = person({ isProtected: true });
  const neighbour = person({ livesThere: true });
  const elsewhere = person();

  it('is nobody by surname, birth date and sex alone', () => {
    expect(personMeant([elsewhere], nothing, true)).toBeUndefined();
    expect(personMeant([secret], nothing, true)).toBeUndefined();
  });

  it('is the only one who lives there', () => {
    expect(personMeant([elsewhere, neighbour], postcode, true)).toBe(neighbour);
    expect(personMeant([neighbour, person({ livesThere: true })], postcode, true)).toBeUndefined();
    expect(personMeant([elsewhere], postcode, true)).toBeUndefined();
    expect(personMeant([], postcode, true)).toBeUndefined();
  });

  it('is not the only one who lives there while there are more than the register tells', () => {
    expect(personMeant([neighbour], postcode, false)).toBeUndefined();
  });

  it('is not told by a postcode from somebody whose address is secret', () => {
    expect(personMeant([secret], postcode, true)).toBeUndefined();
    expect(personMeant([neighbour, secret], postcode, true)).toBeUndefined();
    expect(personMeant([neighbour, secret], { ...postcode, houseNumber: true }, true)).toBeUndefined();
  });

  it.each([named, { ...named, postcode: true }, full])(
    'is the only one of that given name, wherever that one lives: %j',
    (given) => {
      for (const where of [{}, { isProtected: true }, { livesThere: true }]) {
        const one = person({ isNamed: true, ...where });
        expect(personMeant([one, neighbour, secret], given, true)).toBe(one);
      }
      expect(personMeant([neighbour], given, true)).toBeUndefined();
    },
  );

  it('is not the only one of that given name while there are more than the register tells', () => {
    expect(personMeant([person({ isNamed: true })], named, false)).toBeUndefined();
    expect(
      personMeant([person({ isNamed: true, livesThere: true })], { ...named, postcode: true }, false),
    ).toBeUndefined();
  });

  it('is the one of two of the same given name who lives there', () => {
    const one = person({ isNamed: true, livesThere: true });
    const two = person({ isNamed: true });
    const three = person({ isNamed: true, isProtected: true });
    expect(personMeant([one, two], { ...named, postcode: true }, true)).toBe(one);
    expect(personMeant([one, three], { ...named, postcode: true }, true)).toBeUndefined();
    expect(personMeant([one, three], full, true)).toBe(one);
    expect(personMeant([one, two], full, false)).toBe(one);
    expect(personMeant([one, { ...one }], full, true)).toBeUndefined();
  });

  it('never depends on a secret address', () => {
    for (const given of [nothing, postcode, named, full]) {
      for (const isNamed of [false, true]) {
        const answers = [false, true].map((livesThere) =>
          personMeant([{ isProtected: true, isNamed, livesThere }], given, true),
        );
        expect(answers[0] === undefined).toBe(answers[1] === undefined);
      }
    }
    const one = person({ isNamed: true, isProtected: true, livesThere: true });
    expect(personMeant([one, { ...one, livesThere: false }], full, true)).toBeUndefined();
  });
});

describe('the next datum', () => {
  it.each([
    [false, false, false, 'givenName'],
    [false, true, false, 'givenName'],
    [false, true, true, 'givenName'],
    [true, false, false, 'postcode'],
    [true, false, true, 'postcode'],
    [true, true, false, 'houseNumber'],
    [true, true, true, undefined],
  ])(
    'after given name %s, postcode %s and house number %s is %s',
    (givenName, postcode, houseNumber, next) => {
      expect(nextDatum({ givenName, postcode, houseNumber })).toBe(next);
    },
  );
});

describe('the municipality where somebody lives', () => {
  it.each([
    ['is the one that the register names', { municipality: '0344' }],
    ['is the same at an address', { municipality: '0344', kind: 'Adres' }],
    ['is the same at a place without address', { municipality: '0344', kind: 'Locatie' }],
    ['stays when the minister suspended the record', { municipality: '0344', suspension: 'M' }],
    ['stays when the reason of suspension is unknown', { municipality: '0344', suspension: '.' }],
    ['stays that of the dead', { municipality: '0344', suspension: 'O' }],
  ])('%s', (_what, residence) => {
    expect(municipalityOfResidence(residence)).toBe('0344');
  });
  it.each([
    ['nothing is known', { municipality: undefined }],
    ['the code says unknown', { municipality: '0000' }],
    ['the code says that they do not live in the Netherlands', { municipality: '1999' }],
    ['the code is no code', { municipality: 'Utrecht' }],
    ['they emigrated', { municipality: '0344', suspension: 'E' }],
    ['the record was made for a non-resident', { municipality: '0344', suspension: 'R' }],
    ['the residence is abroad', { municipality: '0344', kind: 'VerblijfplaatsBuitenland' }],
    ['the residence is unknown', { municipality: '0344', kind: 'VerblijfplaatsOnbekend' }],
  ])('is none when %s', (_what, residence) => {
    expect(municipalityOfResidence(residence)).toBeUndefined();
  });
});
