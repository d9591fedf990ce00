import { Bsn, InvalidBsn } from '#libs/bsn';
import { type RegisterDate } from '#libs/calendar';
import {
  MUNICIPALITIES,
  withLongFormat,
  type MunicipalityCode,
  type Person,
  type Relative,
} from '../src/register/index.js';
import { NAMED_FAMILIES } from './named-families.js';
import { otherFamilies } from './other-families.js';
import type { PersonSpec } from './spec.js';

/** A finished person beside what it was made from. */
export interface Inhabitant {
  spec: PersonSpec;
  person: Person;
}

/** The digits before the last of postcodes per municipality; the letters are ones that PostNL hands out last. */
const POSTCODE_AREAS: Record<MunicipalityCode, string> = {
  '0344': '358',
  '0307': '382',
  '0355': '370',
  '0518': '259',
  '0546': '233',
  '0484': '240',
  '0599': '306',
  '0502': '290',
  '0622': '313',
  '1999': '',
};
const STREETS = ['Voorbeeldstraat', 'Proeflaan', 'Demoplein', 'Testdreef', 'Oefenpad', 'Fictiekade'];

/**
 * The whole population: named families first, then the others. Numbers are handed out in order from 9999.10.000, below
 * the range of the public test set; only those that pass the 11-test.
 */
export function buildPopulation(): Inhabitant[] {
  const specs = [...NAMED_FAMILIES, ...otherFamilies()].flatMap((family) => family.persons);
  const numbers = new Map(specs.map((spec) => [spec.key, '']));
  const supply = validNumbers(999_910_000);
  for (const key of numbers.keys()) numbers.set(key, supply.next().value as string);
  const addresses = new AddressBook();
  const byKey = new Map(specs.map((spec) => [spec.key, spec]));

  return specs.map((spec) => ({ spec, person: personOf(spec, byKey, numbers, addresses) }));
}

function* validNumbers(from: number): Generator<string> {
  for (let candidate = from; ; candidate += 1) {
    try {
      yield Bsn.parse(String(candidate)).revealDigits();
    } catch (error) {
      if (!(error instanceof InvalidBsn)) throw error;
    }
  }
}

function personOf(
  spec: PersonSpec,
  byKey: Map<string, PersonSpec>,
  numbers: Map<string, string>,
  addresses: AddressBook,
): Person {
  const relative = (other: PersonSpec): Relative => ({
    burgerservicenummer: numbers.get(other.key),
    naam: nameOf(other),
    geboorte: { datum: dateOf(other.born) },
  });
  const known = (spec.parents ?? []).map((key) => {
    const parent = byKey.get(key);
    if (!parent) throw new Error(`${spec.key} names an unknown parent ${key}`);
    return { ...relative(parent), geslacht: sexOf(parent) };
  });
  const parents: Relative[] = spec.parentWithoutNumber
    ? [...known, { naam: nameOf({ ...spec.parentWithoutNumber }) }]
    : known;
  const children = [...byKey.values()].filter((other) => other.parents?.includes(spec.key));
  return {
    burgerservicenummer: numbers.get(spec.key) ?? '',
    naam: nameOf(spec),
    geboorte: { datum: dateOf(spec.born) },
    geslacht: sexOf(spec),
    ouders: parents.map((parent, place) => ({ ouderAanduiding: place === 0 ? '1' : '2', ...parent })),
    kinderen: children.map(relative),
    gemeenteVanInschrijving: { code: spec.municipality, omschrijving: MUNICIPALITIES[spec.municipality] },
    datumInschrijvingInGemeente: dateOf(spec.emigratedOn ?? registeredOn(spec)),
    verblijfplaats: spec.emigratedOn ? ABROAD : addresses.of(spec),
    ...(spec.protectedAddress ? { geheimhoudingPersoonsgegevens: true } : {}),
    ...(spec.diedOn
      ? {
          overlijden: { datum: dateOf(spec.diedOn) },
          opschortingBijhouding: suspension('O', 'overlijden', spec.diedOn),
        }
      : {}),
    ...(spec.emigratedOn ? { opschortingBijhouding: suspension('E', 'emigratie', spec.emigratedOn) } : {}),
  };
}

const ABROAD: Person['verblijfplaats'] = {
  type: 'VerblijfplaatsBuitenland',
  verblijfadres: {
    regel1: 'Example Street 1',
    regel2: 'Sampletown',
    land: { code: '6039', omschrijving: 'Grootbritannië' },
  },
};

const suspension = (code: string, omschrijving: string, day: string): Person['opschortingBijhouding'] => ({
  reden: { code, omschrijving },
  datum: dateOf(day),
});

/** Children live where they do since the year after their birth, all others since 2000: residence needs a date. */
function registeredOn({ born }: PersonSpec): string {
  const year = typeof born === 'string' ? Number(born.slice(0, 4)) : 'jaar' in born ? born.jaar : 2010;
  return `${Math.max(year + 1, 2000)}-01-15`;
}

const dateOf = (born: string | RegisterDate): RegisterDate =>
  withLongFormat(typeof born === 'string' ? { type: 'Datum', datum: born } : born);

function nameOf({
  voornamen,
  voorvoegsel,
  geslachtsnaam,
}: Pick<PersonSpec, 'voornamen' | 'voorvoegsel' | 'geslachtsnaam'>): Relative['naam'] {
  return {
    voornamen,
    ...(voorvoegsel ? { voorvoegsel } : {}),
    geslachtsnaam,
    volledigeNaam: [voornamen, voorvoegsel, geslachtsnaam].filter(Boolean).join(' '),
  };
}

const sexOf = ({ sex }: PersonSpec) => ({ code: sex, omschrijving: sex === 'M' ? 'man' : 'vrouw' });

/** One address per household, with a postcode of its own. */
class AddressBook {
  private readonly byHousehold = new Map<string, NonNullable<Person['verblijfplaats']>>();
  private readonly counts = new Map<string, number>();

  of({ household, municipality }: PersonSpec): Person['verblijfplaats'] {
    const address = this.byHousehold.get(household) ?? this.next(municipality);
    this.byHousehold.set(household, address);
    return address;
  }

  private next(municipality: MunicipalityCode): NonNullable<Person['verblijfplaats']> {
    const place = this.counts.get(municipality) ?? 0;
    this.counts.set(municipality, place + 1);
    const serial = String(place + 1).padStart(6, '0');
    return {
      type: 'Adres',
      verblijfadres: {
        straat: STREETS[place % STREETS.length],
        huisnummer: 1 + ((place * 7) % 90),
        postcode: `${POSTCODE_AREAS[municipality]}${Math.floor(place / 10) % 10}Z${'ABCDEGHJKL'[place % 10]}`,
        woonplaats: MUNICIPALITIES[municipality],
      },
      nummeraanduidingIdentificatie: `${municipality}200000${serial}`,
      adresseerbaarObjectIdentificatie: `${municipality}010000${serial}`,
    };
  }
}
