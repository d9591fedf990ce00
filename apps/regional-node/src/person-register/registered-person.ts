import { Bsn, InvalidBsn } from '#libs/bsn';
import { earliestPossibleDay, isRegisterDate, type Day, type RegisterDate } from '#libs/calendar';
import { authorityRelationsOf } from './authority.js';
import type { AuthorityRelation } from './rules/representatives.rule.js';

/** What the person register says of somebody, as far as a signal needs it. Never stored as such. */
export interface RegisteredPerson {
  bsn: Bsn;
  /** Full name; empty when the register has none. */
  name: string;
  birthDate: RegisterDate;
  /** `M`, `V` or `O`; undefined when the register has none. */
  sex?: string;
  /** Without prefixes; empty when the register has none. Asked for searches only. */
  surname: string;
  /** All of them, with spaces between; empty when the register has none. Asked for searches only. */
  givenNames: string;
  /** Six characters without space; absent for a protected address, abroad and without a fixed address. Asked for searches only. */
  postcode?: string;
  deceased: boolean;
  /** The parents in the youth's own record who have a BSN there: nobody, one or two. */
  parents: Bsn[];
  /** The register keeps the address secret (geheimhouding). */
  isProtected: boolean;
  /** Where they live and since when; absent for a protected address, abroad and when unknown. */
  residence?: { municipality: string; asOf?: Day };
  /** Who has authority over them; empty when it was not asked. */
  authority: AuthorityRelation[];
}

/** The fields to ask for, and no more (BRP API Personen 2.7; secrecy and suspension come unasked). */
export const FIELDS = [
  'burgerservicenummer',
  'naam.volledigeNaam',
  'geboorte.datum',
  'geslacht',
  'gemeenteVanInschrijving',
  'datumInschrijvingInGemeente',
  'ouders.burgerservicenummer',
] as const;
/** What tells people of one surname apart: of a search the register gives the address as lines only. */
export const SEARCH_FIELDS = [
  'burgerservicenummer',
  'naam.geslachtsnaam',
  'naam.voornamen',
  'geboorte.datum',
  'geslacht',
  'adressering.adresregel2',
] as const;
/** What shows whose signal it is in a list of one's own signals. */
export const NAME_FIELDS = ['burgerservicenummer', 'naam.volledigeNaam', 'geboorte.datum'] as const;

interface Persoon {
  burgerservicenummer?: string;
  naam?: { volledigeNaam?: string; geslachtsnaam?: string; voornamen?: string };
  geboorte?: { datum?: unknown };
  geslacht?: { code?: string };
  gemeenteVanInschrijving?: { code?: string };
  datumInschrijvingInGemeente?: unknown;
  ouders?: { burgerservicenummer?: string }[];
  adressering?: { adresregel2?: string };
  opschortingBijhouding?: { reden?: { code?: string } };
  geheimhoudingPersoonsgegevens?: boolean;
  gezag?: unknown;
}

const NOTHING_KNOWN: RegisterDate = { type: 'DatumOnbekend', onbekend: true };
const DECEASED = 'O';

/** Reads a `Persoon` of the API; undefined when it has no valid BSN, and then is nobody that was asked for. */
export function registeredPersonOf(value: unknown): RegisteredPerson | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const persoon = value as Persoon;
  const bsn = bsnOf(persoon.burgerservicenummer);
  if (!bsn) return undefined;
  const birthDate = persoon.geboorte?.datum;
  const isProtected = persoon.geheimhoudingPersoonsgegevens === true;
  const municipality = persoon.gemeenteVanInschrijving?.code;
  const since = persoon.datumInschrijvingInGemeente;
  return {
    bsn,
    name: persoon.naam?.volledigeNaam ?? '',
    birthDate: isRegisterDate(birthDate) ? birthDate : NOTHING_KNOWN,
    sex: persoon.geslacht?.code,
    surname: persoon.naam?.geslachtsnaam ?? '',
    givenNames: persoon.naam?.voornamen ?? '',
    postcode: isProtected ? undefined : postcodeOf(persoon.adressering?.adresregel2),
    deceased: persoon.opschortingBijhouding?.reden?.code === DECEASED,
    parents: distinct((persoon.ouders ?? []).flatMap((ouder) => bsnOf(ouder.burgerservicenummer) ?? [])),
    isProtected,
    authority: authorityRelationsOf(persoon.gezag),
    residence:
      isProtected || !municipality
        ? undefined
        : { municipality, asOf: isRegisterDate(since) ? earliestPossibleDay(since) : undefined },
  };
}

/** Reads `3580 ZA  UTRECHT`, as the register writes an address in the Netherlands. */
function postcodeOf(line = ''): string | undefined {
  const [, digits, letters] = /^([1-9]\d{3}) ?([A-Z]{2})(?: |$)/.exec(line) ?? [];
  return digits && letters && digits + letters;
}

function bsnOf(text: string | undefined): Bsn | undefined {
  if (text === undefined) return undefined;
  try {
    return Bsn.parse(text);
  } catch (error) {
    // the register checks nine digits only
    if (error instanceof InvalidBsn) return undefined;
    throw error;
  }
}

const distinct = (numbers: Bsn[]): Bsn[] =>
  numbers.filter((bsn, place) => numbers.findIndex((other) => other.equals(bsn)) === place);
