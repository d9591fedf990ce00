import type { Person } from '../register/index.js';
import type { Query } from './query.js';

/** The letters of a text as searches see it: without case and surrounding space. */
const lettersOf = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFC')
    .trim()
    .match(/\P{Mn}\p{Mn}*/gu) ?? [];

const withoutDiacritic = (letter: string): string => letter.normalize('NFD').replace(/\p{Mn}/gu, '');

/** A letter is found by itself and, when it has a diacritic, by the letter without it; never the other way round. */
const letterMatches = (found: string | undefined, asked: string): boolean =>
  found !== undefined && (found === asked || withoutDiacritic(found) === asked);

/** Equal text, or with a wildcard at one end the same beginning or end. */
function textMatches(found: string | undefined, asked: string): boolean {
  if (found === undefined) return false;
  const wanted = lettersOf(asked.replaceAll('*', ''));
  const all = lettersOf(found);
  const letters = asked.startsWith('*') ? all.slice(-wanted.length) : all;
  if (asked.includes('*') ? letters.length < wanted.length : letters.length !== wanted.length) return false;
  return wanted.every((letter, place) => letterMatches(letters[place], letter));
}

const compactPostcode = (postcode: string | undefined): string | undefined =>
  postcode?.replace(' ', '').toUpperCase();

/** Per parameter, whether a person fits. A birth date of which a part is unknown is found by no date. */
const CRITERIA: { [P in keyof Query]?: (person: Person, asked: NonNullable<Query[P]>) => boolean } = {
  gemeenteVanInschrijving: (person, code) => person.gemeenteVanInschrijving?.code === code,
  burgerservicenummer: (person, numbers) => numbers.includes(person.burgerservicenummer),
  geslachtsnaam: ({ naam }, asked) => textMatches(naam?.geslachtsnaam, asked),
  voornamen: ({ naam }, asked) => textMatches(naam?.voornamen, asked),
  voorvoegsel: ({ naam }, asked) => textMatches(naam?.voorvoegsel, asked),
  geslacht: ({ geslacht }, code) => geslacht?.code === code.toUpperCase(),
  geboortedatum: ({ geboorte }, day) => geboorte?.datum?.type === 'Datum' && geboorte.datum.datum === day,
  postcode: ({ verblijfplaats }, asked) =>
    compactPostcode(verblijfplaats?.verblijfadres?.postcode) === compactPostcode(asked),
  huisnummer: ({ verblijfplaats }, asked) => verblijfplaats?.verblijfadres?.huisnummer === asked,
  huisletter: ({ verblijfplaats }, asked) => textMatches(verblijfplaats?.verblijfadres?.huisletter, asked),
  huisnummertoevoeging: ({ verblijfplaats }, asked) =>
    textMatches(verblijfplaats?.verblijfadres?.huisnummertoevoeging, asked),
  straat: ({ verblijfplaats }, asked) =>
    textMatches(verblijfplaats?.verblijfadres?.officieleStraatnaam, asked) ||
    textMatches(verblijfplaats?.verblijfadres?.korteStraatnaam, asked),
  nummeraanduidingIdentificatie: ({ verblijfplaats }, asked) =>
    verblijfplaats?.nummeraanduidingIdentificatie === asked,
  adresseerbaarObjectIdentificatie: ({ verblijfplaats }, asked) =>
    verblijfplaats?.adresseerbaarObjectIdentificatie === asked,
};

/** Persons whose list was made in error (F) or wiped (W) are never delivered. */
const NEVER_DELIVERED: readonly (string | undefined)[] = ['F', 'W'];

/**
 * Whether a person belongs in the answer: every parameter that was given fits. Whoever asks by number is told of the
 * dead as well; a search finds them only when it says so.
 */
export function answers(person: Person, query: Query): boolean {
  const suspended = person.opschortingBijhouding?.reden?.code;
  if (NEVER_DELIVERED.includes(suspended)) return false;
  const dead = suspended === 'O' || person.overlijden !== undefined;
  if (dead && !query.inclusiefOverledenPersonen && query.type !== 'RaadpleegMetBurgerservicenummer')
    return false;
  return Object.entries(CRITERIA).every(([parameter, fits]) => {
    const asked = query[parameter as keyof Query];
    return (
      asked === undefined ||
      asked === null ||
      (fits as (person: Person, asked: unknown) => boolean)(person, asked)
    );
  });
}
