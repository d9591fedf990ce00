import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Bsn } from '#libs/bsn';
import { earliestPossibleDay, isRegisterDate, type RegisterDate } from '#libs/calendar';
import { personRegisterWith } from '../../test/person-register.js';
import { RegisterProcess } from '../../test/register-process.js';
import { WatchedRegister } from '../../test/watched-register.js';
import { knownBirthDate, type PersonRegister, type PersonSearch, type SearchOutcome } from './index.js';

const consultation = { actor: 'someone', purpose: 'preview' } as const;
const folder = mkdtempSync(path.join(tmpdir(), 'search-'));
const running: { stop: () => unknown }[] = [];
afterAll(async () => {
  for (const each of running) await each.stop();
  rmSync(folder, { recursive: true });
});

interface Person {
  burgerservicenummer: string;
  naam?: { voornamen?: string; voorvoegsel?: string; geslachtsnaam?: string; volledigeNaam?: string };
  geboorte?: { datum?: RegisterDate };
  geslacht?: { code?: string };
  gemeenteVanInschrijving?: { code?: string };
  verblijfplaats?: { type?: string; verblijfadres?: { postcode?: string; huisnummer?: number } };
  opschortingBijhouding?: { reden?: { code?: string } };
  geheimhoudingPersoonsgegevens?: boolean;
}

/** What reaches the register, and what is written down of it. */
interface Watched {
  register: PersonRegister;
  questions: Record<string, unknown>[];
  logbook: unknown[];
}

/** A person register with these people, and what asks it. */
async function registerOf(name: string, people: readonly Person[]): Promise<Watched> {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(people));
  const simulator = await new RegisterProcess(file).start();
  const watched = await new WatchedRegister(() => simulator.url).start();
  running.push(watched, simulator);
  const logbook: unknown[] = [];
  const register = personRegisterWith({ personRegisterUrl: watched.url }, { recorded: logbook, heard: [] });
  return { register, questions: watched.questions, logbook };
}

/** The nth number that passes the 11-test, of those that nobody has. */
const numbers = Array.from({ length: 3_000 }, (_, place) => String(999_920_000 + place)).filter((digits) => {
  try {
    return Bsn.parse(digits) instanceof Bsn;
  } catch {
    return false;
  }
});

const DAY = '2012-03-14';
const born = (text: string): RegisterDate => knownBirthDate(text)!;
const someone = (place: number, traits: Partial<Person> = {}): Person => ({
  burgerservicenummer: numbers[place]!,
  naam: { voornamen: `Kind ${place}`, geslachtsnaam: 'Namens' },
  geboorte: { datum: born(DAY) },
  geslacht: { code: 'V' },
  gemeenteVanInschrijving: { code: '0344' },
  verblijfplaats: { type: 'Adres', verblijfadres: { postcode: '3580ZA', huisnummer: 1 } },
  ...traits,
});
const living = (postcode: string, huisnummer: number) => ({
  verblijfplaats: { type: 'Adres', verblijfadres: { postcode, huisnummer } },
});
const named = (voornamen: string, geslachtsnaam = 'Namens') => ({ naam: { voornamen, geslachtsnaam } });
const secret = { geheimhoudingPersoonsgegevens: true };

const search = (traits: Partial<PersonSearch> = {}): PersonSearch => ({
  surname: 'Namens',
  birthDate: born(DAY),
  sex: 'V',
  ...traits,
});
const digitsOf = (outcome: SearchOutcome): string =>
  outcome.outcome === 'found' ? outcome.person.bsn.revealDigits() : outcome.outcome;

interface NameAsTyped {
  typed: string;
  register: string;
  prefix?: string;
  expect: string;
  note?: string;
}
const OWN_NAMES = 'apps/regional-node/test/names-as-typed.json';
const GIVEN_NAMES = '../shared/cases/names-as-typed.json';
const namesIn = (file: string): NameAsTyped[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as NameAsTyped[]) : [];
if (!existsSync(GIVEN_NAMES)) process.stderr.write(`skipped: ${GIVEN_NAMES} is not here\n`);

describe.each([OWN_NAMES, GIVEN_NAMES].filter((file) => existsSync(file)))(
  'names as typed, of %s',
  (file) => {
    // what is refused does not get here: the DTO's spec reads the same files
    const cases = namesIn(file).filter(({ expect: wanted }) => !wanted.startsWith('refused'));
    let register: PersonRegister;
    beforeAll(async () => {
      const people = cases.map(({ register: geslachtsnaam, prefix }, place) =>
        someone(place, {
          naam: { geslachtsnaam, ...(prefix === undefined ? {} : { voorvoegsel: prefix }) },
          ...living(`${1000 + place}AB`, 1),
        }),
      );
      ({ register } = await registerOf(path.basename(path.dirname(file)), people));
    });

    it.each(cases.map((each, place) => ({ ...each, place })))(
      '"$typed" is $expect in a register that has $register ($note)',
      async ({ typed, place, expect: wanted }) => {
        const outcome = await register.search(
          search({ surname: typed, postcode: `${1000 + place}AB` }),
          consultation,
        );
        expect(digitsOf(outcome)).toBe(wanted.startsWith('found') ? numbers[place] : 'not-identified');
      },
    );
  },
);

const full = { givenName: 'Amina', postcode: '3580ZA', houseNumber: 1 };
const abroad = { gemeenteVanInschrijving: { code: '1999' }, verblijfplaats: {} };

describe('a search', () => {
  let watched: Watched;
  beforeAll(async () => {
    watched = await registerOf('search', [
      someone(0),
      someone(1, named('Evi', 'Tweeling')),
      someone(2, named('Isa Noor', 'Tweeling')),
      someone(3, { ...abroad, ...named('Amal', 'Ver') }),
      someone(4, { ...abroad, naam: { geslachtsnaam: 'Dewantara' } }),
      someone(5, { ...abroad, ...named('Li', 'Ver'), geboorte: { datum: born('2012') } }),
      someone(6, { ...abroad, ...named('Salma', 'Ver'), geboorte: { datum: born('2012-03') } }),
      someone(7, { ...named('Amina', 'Jaar'), geboorte: { datum: born('2012') } }),
      someone(8, { ...named('Amina', 'Maand'), geboorte: { datum: born('2012-03') } }),
      someone(9, { ...named('Amina', 'Niets'), geboorte: {} }),
      someone(10, { naam: { voornamen: 'Amina' } }),
      someone(11, named('Amina', 'Dag')),
      ...Array.from({ length: 14 }, (_, place) =>
        someone(20 + place, {
          ...named(place < 12 ? 'Mohamed Ali' : `Zoë ${place}`, 'Velen'),
          ...living('3580ZA', place + 1),
        }),
      ),
    ]);
  });
  const found = async (traits: Partial<PersonSearch>) =>
    watched.register.search(search(traits), consultation);

  it('asks for the fields that tell people apart, and reads the one person who is meant', async () => {
    watched.questions.length = 0;
    await found({ postcode: '3580 za' });
    expect(watched.questions).toEqual([
      {
        type: 'ZoekMetGeslachtsnaamEnGeboortedatum',
        geslachtsnaam: 'Namens',
        geboortedatum: DAY,
        geslacht: 'V',
        fields: [
          'burgerservicenummer',
          'naam.geslachtsnaam',
          'naam.voornamen',
          'geboorte.datum',
          'geslacht',
          'adressering.adresregel2',
        ],
      },
      expect.objectContaining({
        type: 'RaadpleegMetBurgerservicenummer',
        burgerservicenummer: [numbers[0]],
      }),
    ]);
  });

  it('asks for a given name where twins of one sex live at one address, and finds each', async () => {
    const twins = { surname: 'Tweeling', postcode: '3580ZA' };
    expect(await found(twins)).toEqual({ outcome: 'not-identified', asks: 'givenName' });
    expect(digitsOf(await found({ ...twins, givenName: 'Evi' }))).toBe(numbers[1]);
    expect(digitsOf(await found({ ...twins, givenName: 'noor' }))).toBe(numbers[2]);
    expect(await found({ ...twins, givenName: 'Eva' })).toEqual({
      outcome: 'not-identified',
      asks: 'houseNumber',
    });
  });

  it('asks for given name and house number where a day has more namesakes than the register tells', async () => {
    const many = { surname: 'Velen', postcode: '3580ZA' };
    expect(await found(many)).toMatchObject({ asks: 'givenName' });
    expect(await found({ ...many, givenName: 'Mohamed' })).toMatchObject({ asks: 'houseNumber' });
    expect(digitsOf(await found({ ...many, givenName: 'Mohamed', houseNumber: 7 }))).toBe(numbers[26]);
    expect(await found({ ...many, givenName: 'Mohamed', houseNumber: 14 })).toMatchObject({
      outcome: 'not-identified',
      asks: undefined,
    });
    expect(digitsOf(await found({ ...many, givenName: 'Zoe', houseNumber: 14 }))).toBe(numbers[33]);
    expect(digitsOf(await found({ ...many, givenName: 'Zoe 12' }))).toBe(numbers[32]);
  });

  it.each([
    ['with a given name', { surname: 'Ver', givenName: 'Amal' }, 3],
    ['without any given name', { surname: 'Dewantara', givenName: '-' }, 4],
    ['born in a year', { surname: 'Ver', givenName: 'Li', birthDate: born('2012') }, 5],
    ['born in a month', { surname: 'Ver', givenName: 'Salma', birthDate: born('2012-03') }, 6],
  ])('finds somebody who lives abroad, without a postcode: %s', async (_, traits, place) => {
    const { givenName: __, ...without } = traits;
    expect(await found(without)).toMatchObject({ asks: 'givenName' });
    expect(digitsOf(await found(traits))).toBe(numbers[place]);
  });

  it('finds nobody abroad by the year of whom the register knows the month', async () => {
    expect(digitsOf(await found({ surname: 'Ver', givenName: 'Salma', birthDate: born('2012') }))).toBe(
      'not-identified',
    );
  });

  it.each([
    ['Jaar', ['2012', '2012-11', DAY], ['2013', '2011-12-31'], 7],
    ['Maand', ['2012-03', DAY], ['2012', '2012-04', '2012-04-14'], 8],
    ['Niets', ['2012', '2011-01', DAY], [], 9],
    ['Dag', [DAY], ['2012', '2012-03', '2012-03-15'], 11],
  ])(
    'finds %s by address and given name, with a birth date as complete as the register has it',
    async (...row) => {
      const [surname, right, wrong, place] = row;
      for (const birthDate of right)
        expect(digitsOf(await found({ ...full, surname, birthDate: born(birthDate) }))).toBe(numbers[place]);
      for (const birthDate of wrong)
        expect(digitsOf(await found({ ...full, surname, birthDate: born(birthDate) }))).toBe(
          'not-identified',
        );
    },
  );

  it('finds by address and given name who has no surname', async () => {
    expect(digitsOf(await found({ ...full, surname: '-' }))).toBe(numbers[10]);
  });
});

describe('a secret address', () => {
  const datums = {
    right: { postcode: '3580ZA' },
    wrong: { postcode: '9999ZZ' },
    missing: {},
  };
  const further: Partial<PersonSearch>[] = [
    {},
    { houseNumber: 1 },
    { houseNumber: 99 },
    { givenName: 'Wendy' },
    { givenName: 'Wendy', houseNumber: 1 },
    { givenName: 'Wendy', houseNumber: 99 },
    { birthDate: born('2012-03') },
    { birthDate: born('2012-03'), givenName: 'Wendy', houseNumber: 1 },
    { birthDate: born('2012-03'), givenName: 'Jade', houseNumber: 1 },
  ];
  let watched: Watched;
  beforeAll(async () => {
    watched = await registerOf('secret', [
      someone(0, { ...named('Jade', 'Geheim'), ...secret }),
      someone(1, named('Jade', 'Openbaar')),
      someone(2, { ...named('Jade', 'Onbekend'), ...secret, geboorte: { datum: born('2012') } }),
      // two of one given name: she is among those who are meant until the end
      someone(3, { ...named('Jade', 'Dubbel'), ...secret }),
      someone(4, { ...named('Jade', 'Dubbel'), ...living('1234AB', 5) }),
    ]);
  });
  /** All that somebody can see of a search: the outcome, the logbook, and how many questions it took. */
  const seen = async (traits: Partial<PersonSearch>) => {
    watched.questions.length = watched.logbook.length = 0;
    const outcome = await watched.register.search(search(traits), consultation);
    return JSON.stringify([digitsOf(outcome), outcome, watched.logbook, watched.questions.length]);
  };

  it.each(further)('is not told by the postcode, nor the house number, with %j', async (more) => {
    for (const surname of ['Geheim', 'Onbekend', 'Dubbel', 'Afwezig']) {
      const right = await seen({ surname, ...more, ...datums.right });
      expect(right).toBe(await seen({ surname, ...more, ...datums.wrong }));
    }
  });

  it.each(further)('is answered as somebody else and as nobody, with %j', async (more) => {
    for (const datum of [datums.wrong, datums.missing]) {
      const [hers, others, nobodys] = [
        await seen({ surname: 'Geheim', ...more, ...datum }),
        await seen({ surname: 'Openbaar', ...more, ...datum }),
        await seen({ surname: 'Afwezig', ...more, ...datum }),
      ];
      expect(hers).toBe(nobodys);
      expect(others).toBe(nobodys);
      expect(hers).toContain('not-identified');
    }
  });

  it('belongs to somebody who is found by her given name, as anybody is, at every postcode', async () => {
    for (const datum of Object.values(datums))
      for (const [surname, place] of [
        ['Geheim', 0],
        ['Openbaar', 1],
      ] as const) {
        const outcome = await watched.register.search(
          search({ surname, givenName: 'Jade', ...datum }),
          consultation,
        );
        expect(digitsOf(outcome)).toBe(numbers[place]);
      }
  });

  it('leaves a namesake to be found by the full address', async () => {
    const namesake = { surname: 'Dubbel', givenName: 'Jade', postcode: '1234AB' };
    expect(await seen(namesake)).toContain('houseNumber');
    const outcome = await watched.register.search(search({ ...namesake, houseNumber: 5 }), consultation);
    expect(digitsOf(outcome)).toBe(numbers[4]);
  });
});

const OFFICIAL = '../shared/data/brp/test-persons.json';
const official = existsSync(OFFICIAL) ? describe : describe.skip;
if (!existsSync(OFFICIAL)) process.stderr.write(`skipped: ${OFFICIAL} is not here\n`);

const DEAD = 'deceased: a search of the register leaves out the dead';
/** Who of the young official test persons is not found by all that their record says, and why. */
const NOT_FOUND: Record<string, string> = {
  '999991127': DEAD,
  '999992077': DEAD,
};
/** The same of those who are older: the search does not depend on age. */
const OLDER_NOT_FOUND: Record<string, string> = {
  '999990147': DEAD,
  '999990391': DEAD,
  '999991693': DEAD,
  '999994025': DEAD,
  '999994451': DEAD,
  '999990524': 'a surname with quotation marks, which the search of the register does not take',
  '999997452': 'the same given name, surname, birth date, sex and address as 999998298',
  '999998298': 'the same given name, surname, birth date, sex and address as 999997452',
  '999991139': DEAD,
};

official('the official test persons', () => {
  let register: PersonRegister;
  let people: Person[];
  beforeAll(async () => {
    people = JSON.parse(readFileSync(OFFICIAL, 'utf8')) as Person[];
    ({ register } = await registerOf('official', people));
  });

  /** Searches as a professional does who has the record: gives what is asked for. @returns in which step somebody was found, if at all */
  async function stepOf(person: Person): Promise<number | undefined> {
    const { naam, geboorte, geslacht, verblijfplaats } = person;
    const address = verblijfplaats?.verblijfadres;
    let given = search({
      surname: [naam?.voorvoegsel, naam?.geslachtsnaam].filter(Boolean).join(' ') || '-',
      birthDate: isRegisterDate(geboorte?.datum) ? geboorte.datum : born('2010'),
      sex: (geslacht?.code ?? 'O') as PersonSearch['sex'],
      ...(address?.postcode === undefined ? {} : { postcode: address.postcode }),
    });
    for (let step = 1; step <= 4; step += 1) {
      const outcome = await register.search(given, consultation);
      if (outcome.outcome === 'found') {
        expect(outcome.person.bsn.revealDigits()).toBe(person.burgerservicenummer);
        return step;
      }
      const asks = outcome.outcome === 'not-identified' ? outcome.asks : undefined;
      if (asks === 'givenName') given = { ...given, givenName: naam?.voornamen ?? '-' };
      else if (asks === 'houseNumber' && address?.huisnummer !== undefined)
        given = { ...given, houseNumber: address.huisnummer };
      else return undefined;
    }
    return undefined;
  }

  async function searched(persons: readonly Person[]) {
    const missed: string[] = [];
    const steps: Record<number, number> = {};
    for (const person of persons) {
      const step = await stepOf(person);
      if (step === undefined) missed.push(person.burgerservicenummer);
      else steps[step] = (steps[step] ?? 0) + 1;
    }
    return { missed, steps };
  }
  const isYoung = ({ geboorte }: Person): boolean =>
    !isRegisterDate(geboorte?.datum) || (earliestPossibleDay(geboorte.datum) ?? '2003-01-01') >= '2003-01-01';

  it('who are young are found by what their record says, but for those who are listed with the reason', async () => {
    const young = people.filter(isYoung);
    const { missed, steps } = await searched(young);
    expect(missed.sort()).toEqual(Object.keys(NOT_FOUND).sort());
    expect(steps).toEqual({ 1: 37, 2: 1, 3: 2 });
  });

  it('who are older are found likewise', async () => {
    const old = people.filter((person) => !isYoung(person));
    const { missed } = await searched(old);
    expect(missed.sort()).toEqual(Object.keys(OLDER_NOT_FOUND).sort());
  });
});
