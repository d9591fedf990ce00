import { Bsn, InvalidBsn } from '#libs/bsn';
import { earliestPossibleDay, isRegisterDate, type Day, type RegisterDate } from '#libs/calendar';
import type { AskedFieldName } from './asked-fields.js';
import { authorityRelationsOf } from './authority.js';
import { municipalityOfResidence } from './rules/municipality-of-residence.rule.js';
import type { AuthorityRelation } from './rules/representatives.rule.js';

/** What the person register says of somebody, as far as a signal needs it. Never stored as such. */
export interface RegisteredPerson {
  bsn: Bsn;
  /** Full name; empty when the register has none. */
  name: string;
  birthDate: RegisterDate;
  /** `M`, `V` or `O`; undefined when the register has none. Asked for searches only. */
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

/** The fields that a signal needs. */
export const FIELDS = [
  'burgerservicenummer',
  'naam.volledigeNaam',
  'geboorte.datum',
  'gemeenteVanInschrijving',
  'datumInschrijvingInGemeente',
  'ouders.burgerservicenummer',
] as const satisfies readonly AskedFieldName[];
/** What tells people of one surname apart: of a search the register gives the address as lines only. */
export const SEARCH_FIELDS = [
  'burgerservicenummer',
  'naam.geslachtsnaam',
  'naam.voornamen',
  'geboorte.datum',
  'geslacht',
  'adressering.adresregel2',
] as const satisfies readonly AskedFieldName[];
/** What shows whose signal it is in a list of one's own signals. */
export const NAME_FIELDS = [
  'burgerservicenummer',
  'naam.volledigeNaam',
  'geboorte.datum',
] as const satisfies readonly AskedFieldName[];

const NOTHING_KNOWN: RegisterDate = { type: 'DatumOnbekend', onbekend: true };
const DECEASED = 'O';

/** An entry of an answer has another form than the description of the API gives it. The message names the place, never a value. */
export class OddRecord extends Error {
  override name = 'OddRecord';
}

/**
 * Reads a `Persoon` of the API. Unknown fields are skipped. A name, sex, postcode, municipality or date of another form than it should have
 * counts as absent. Numbers, parents, secrecy and suspension decide about signals, so with those the whole record is not read.
 * @returns undefined for an entry without a number, or with one that fails the 11-test: nobody who can have a signal
 * @throws OddRecord
 */
export function registeredPersonOf(value: unknown): RegisteredPerson | undefined {
  const persoon = new Part(value, 'persoon');
  const bsn = bsnOf(persoon.text('burgerservicenummer'));
  if (!bsn) return undefined;
  const birthDate = persoon.lenient('geboorte').value('datum');
  const since = persoon.value('datumInschrijvingInGemeente');
  const name = persoon.lenient('naam');
  const suspension = persoon.part('opschortingBijhouding').part('reden').text('code');
  const isProtected = persoon.flag('geheimhoudingPersoonsgegevens');
  const municipality = municipalityOfResidence({
    municipality: persoon.lenient('gemeenteVanInschrijving').optionalText('code'),
    kind: persoon.lenient('verblijfplaats').optionalText('type'),
    suspension,
  });
  return {
    bsn,
    name: name.optionalText('volledigeNaam') ?? '',
    birthDate: isRegisterDate(birthDate) ? birthDate : NOTHING_KNOWN,
    sex: persoon.lenient('geslacht').optionalText('code'),
    surname: name.optionalText('geslachtsnaam') ?? '',
    givenNames: name.optionalText('voornamen') ?? '',
    postcode: isProtected
      ? undefined
      : postcodeOf(persoon.lenient('adressering').optionalText('adresregel2')),
    deceased: suspension === DECEASED,
    parents: distinct(
      persoon.parts('ouders').flatMap((ouder) => bsnOf(ouder.text('burgerservicenummer')) ?? []),
    ),
    isProtected,
    authority: authorityRelationsOf(persoon.value('gezag')),
    residence:
      isProtected || municipality === undefined
        ? undefined
        : { municipality, asOf: isRegisterDate(since) ? earliestPossibleDay(since) : undefined },
  };
}

/** An object of an answer, of which nothing is taken for granted. What is absent or null is undefined, or an empty part. */
class Part {
  private readonly content: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly place: string,
  ) {
    if (value === undefined || value === null) this.content = {};
    else if (typeof value === 'object' && !Array.isArray(value)) this.content = { ...value };
    else throw new OddRecord(place);
  }

  value(name: string): unknown {
    return this.content[name] ?? undefined;
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw new OddRecord(`${this.place}.${name}`);
  }

  optionalText(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === 'string' ? value : undefined;
  }

  flag(name: string): boolean {
    const value = this.value(name) ?? false;
    if (typeof value === 'boolean') return value;
    throw new OddRecord(`${this.place}.${name}`);
  }

  /** A part that may be missing: what is no object counts as absent. */
  lenient(name: string): Part {
    const value = this.value(name);
    return new Part(typeof value === 'object' && !Array.isArray(value) ? value : undefined, this.place);
  }

  part(name: string): Part {
    return new Part(this.value(name), `${this.place}.${name}`);
  }

  parts(name: string): Part[] {
    const list = this.value(name) ?? [];
    if (!Array.isArray(list)) throw new OddRecord(`${this.place}.${name}`);
    return list.map((entry) => new Part(entry, `${this.place}.${name}`));
  }
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
