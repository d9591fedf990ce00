import { addYears, type Day, type RegisterDate } from '#libs/calendar';
import type { Address, Person, PersonName, TableValue } from './person.js';

/** The field has room for 40 characters. */
const MAX_INITIALS = 20;

/** "Yvonne Johanna" → "Y.J."; parts that begin with another sign than a letter or digit give none. */
export const initialsOf = ({ voornamen = '' }: PersonName): string | undefined =>
  Array.from(voornamen.matchAll(/(?<=^|\s)[\p{L}\p{N}]/gu), ([letter]) => `${letter}.`)
    .slice(0, MAX_INITIALS)
    .join('') || undefined;

/**
 * The age in whole years on a day. Undefined when the register cannot say it: date of birth unknown, only the year
 * known, or the birthday falls in this very month and its day is unknown; and for the dead.
 */
export function ageOn(person: Person, today: Day): number | undefined {
  const birth = person.geboorte?.datum;
  if (!birth || person.overlijden || person.opschortingBijhouding?.reden?.code === 'O') return undefined;
  const born = dayOfBirth(birth, today);
  if (!born) return undefined;
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return addYears(born, years) <= today ? years : years - 1;
}

function dayOfBirth(birth: RegisterDate, today: Day): Day | undefined {
  if (birth.type === 'Datum') return birth.datum;
  if (birth.type !== 'JaarMaandDatum' || birth.maand === Number(today.slice(5, 7))) return undefined;
  return `${String(birth.jaar).padStart(4, '0')}-${String(birth.maand).padStart(2, '0')}-01`;
}

interface AddressLines {
  adresregel1?: string;
  adresregel2?: string;
  adresregel3?: string;
  land?: TableValue;
}

/** The lines on an envelope (NEN 5825): street and number; postcode, two spaces, town in capitals; abroad as registered. */
export function addressLinesOf(person: Person): AddressLines | undefined {
  const address = person.verblijfplaats?.verblijfadres;
  if (!address) return undefined;
  if (person.verblijfplaats?.type === 'VerblijfplaatsBuitenland') {
    const { regel1, regel2, regel3, land } = address;
    return { adresregel1: regel1, adresregel2: regel2, adresregel3: regel3, land };
  }
  return {
    adresregel1: streetLine(address),
    adresregel2:
      [address.postcode?.replace(/^(\d{4})\s*([A-Za-z]{2})$/, '$1 $2'), address.woonplaats?.toUpperCase()]
        .filter(Boolean)
        .join('  ') || undefined,
  };
}

function streetLine(address: Address): string | undefined {
  const street = address.korteStraatnaam ?? address.officieleStraatnaam;
  if (!street) return undefined;
  const { huisnummer, huisletter = '', huisnummertoevoeging = '' } = address;
  const joint = huisletter || !/^\d/.test(huisnummertoevoeging) ? ' ' : '-';
  const addition = huisletter + huisnummertoevoeging;
  return [street, huisnummer].filter(Boolean).join(' ') + (addition ? joint + addition : '');
}
