import { isRegisterDate } from '#libs/calendar';
import { withLongFormat } from './long-format.js';
import { municipalityValue } from './municipalities.js';
import type { Address, Person } from './person.js';

/** The file is no population. The message names the place in the list, never a person. */
export class InvalidPopulation extends Error {
  override name = 'InvalidPopulation';
}

const SUSPENSION_REASONS: Record<string, string> = {
  O: 'overlijden',
  E: 'emigratie',
  R: 'pl is aangelegd in de rni',
  M: 'ministerieel besluit',
};

/** The short street name has room for 24 characters. */
const SHORT_STREET = 24;

/**
 * Reads a list of persons (`Persoon` of the API; streets may be called `straat`), and makes it what the register would
 * deliver: without empty, false or null values and without municipality 0000, dates with their text, municipalities with
 * their names, streets under their official and short names.
 *
 * A number is nine digits, or eight without the leading zero. Like the register it need not pass the 11-test.
 * @throws InvalidPopulation when it is no list, or an entry has no number of its own.
 */
export function readPopulation(content: unknown): Map<string, Person> {
  if (!Array.isArray(content)) throw new InvalidPopulation('is not a list of persons');
  const persons = new Map<string, Person>();
  content.forEach((entry: unknown, place) => {
    const person = compact(entry) as Partial<Person> | undefined;
    const number = numberOf(person);
    if (!person || !number) throw new InvalidPopulation(`entry ${place} has no valid burgerservicenummer`);
    if (persons.has(number)) throw new InvalidPopulation(`entry ${place} repeats a burgerservicenummer`);
    persons.set(number, complete({ ...person, burgerservicenummer: number }));
  });
  return persons;
}

function numberOf(person: Partial<Person> | undefined): string | undefined {
  const number: unknown = person?.burgerservicenummer;
  return typeof number === 'string' && /^\d{8,9}$/.test(number) ? number.padStart(9, '0') : undefined;
}

const DATE_TYPES: readonly unknown[] = ['Datum', 'JaarMaandDatum', 'JaarDatum', 'DatumOnbekend'];

/**
 * Leaves out what the register leaves out: null, false, empty text and empty groups, and dates that no calendar knows
 * (the public test set has a 38 May). An empty entry of a list stays.
 */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => compact(entry) ?? {});
  if (typeof value !== 'object' || value === null) {
    return value === null || value === false || value === '' ? undefined : value;
  }
  if (isRegisterDate(value)) return withLongFormat(value);
  if ('type' in value && DATE_TYPES.includes(value.type)) return undefined;
  const entries = Object.entries(value)
    .map(([key, part]) => [key, compact(part)] as const)
    .filter(([, part]) => part !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function complete(person: Person): Person {
  const reason = person.opschortingBijhouding?.reden;
  const described = reason?.code && { omschrijving: SUSPENSION_REASONS[reason.code], ...reason };
  const residence = person.verblijfplaats;
  const { gemeenteVanInschrijving: municipality, ...rest } = person;
  return {
    ...rest,
    ...municipalityValue(municipality?.code, municipality?.omschrijving),
    ...(described ? { opschortingBijhouding: { ...person.opschortingBijhouding, reden: described } } : {}),
    ...(residence?.verblijfadres
      ? { verblijfplaats: { ...residence, verblijfadres: withStreetNames(residence.verblijfadres) } }
      : {}),
  };
}

function withStreetNames({ straat, ...address }: Address): Address {
  if (!straat) return address;
  return { officieleStraatnaam: straat, korteStraatnaam: straat.slice(0, SHORT_STREET).trim(), ...address };
}
