import { isDay } from '#libs/calendar';
import { invalidParameters, type InvalidParam } from './brp-problem.js';
import {
  DELIVERED_UNASKED,
  LIMITED_PERSON,
  LIMITED_PERSON_WITH_AUTHORITY,
  PERSON,
  pathsOf,
  type FieldTree,
} from './fields.js';

/** What is wrong with a value; undefined when it is right. */
type Check = (value: unknown) => Omit<InvalidParam, 'name'> | undefined;

interface Parameter {
  check: Check;
  /** Checks each entry of a list. */
  entries?: Check;
  required?: true;
}

export interface QueryType {
  /** The fields that a person in the answer can have. */
  tree: FieldTree;
  /** More persons found than this is an error; undefined for asking by number. */
  limit?: number;
  parameters: Record<string, Parameter>;
}

/** A checked request. Which of the search parameters are there depends on the type. */
export interface Query {
  type: keyof typeof QUERY_TYPES;
  fields: string[];
  gemeenteVanInschrijving?: string;
  inclusiefOverledenPersonen?: boolean;
  burgerservicenummer?: string[];
  geslachtsnaam?: string;
  voornamen?: string;
  voorvoegsel?: string;
  geslacht?: string;
  geboortedatum?: string;
  postcode?: string;
  straat?: string;
  huisnummer?: number;
  huisletter?: string;
  huisnummertoevoeging?: string;
  nummeraanduidingIdentificatie?: string;
  adresseerbaarObjectIdentificatie?: string;
}

const REQUIRED = { code: 'required', reason: 'Parameter is verplicht.' };
const MAX_FIELDS = 130;
const MAX_NUMBERS = 20;

const matches = (pattern: string): Check => {
  const expression = new RegExp(pattern);
  return (value) =>
    typeof value === 'string' && expression.test(value)
      ? undefined
      : { code: 'pattern', reason: `Waarde voldoet niet aan patroon ${pattern}.` };
};
const aDay: Check = (value) =>
  typeof value === 'string' && isDay(value)
    ? undefined
    : { code: 'date', reason: 'Waarde is geen geldige datum.' };
const aBoolean: Check = (value) =>
  typeof value === 'boolean' ? undefined : { code: 'boolean', reason: 'Waarde is geen boolean.' };
const aHouseNumber: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 99_999
    ? undefined
    : { code: 'integer', reason: 'Waarde is geen geldig getal.' };
const aListOfAtMost =
  (max: number): Check =>
  (value) => {
    if (!Array.isArray(value)) return { code: 'array', reason: 'Parameter is geen array.' };
    if (value.length < 1) return { code: 'minItems', reason: 'Array bevat minder dan 1 items.' };
    return value.length > max
      ? { code: 'maxItems', reason: `Array bevat meer dan ${max} items.` }
      : undefined;
  };

const required = (check: Check): Parameter => ({ check, required: true });
const optional = (check: Check): Parameter => ({ check });

const NAME = "^[a-zA-Z0-9À-ž \\.\\-\\']{1,200}$|^[a-zA-Z0-9À-ž \\.\\-\\']{3,199}\\*{1}$";
const STREET =
  "^[a-zA-Z0-9À-ž \\-\\'\\.]{1,80}$|^[a-zA-Z0-9À-ž \\-\\'\\.]{7,79}\\*{1}$|^\\*{1}[a-zA-Z0-9À-ž \\-\\'\\.]{7,79}$";
const municipality = matches('^[0-9]{4}$');
const identification = matches('^(?!0{16})[0-9]{16}$');
const theDead = { inclusiefOverledenPersonen: optional(aBoolean) };
const houseAdditions = {
  huisletter: optional(matches('^[a-zA-Z]{1}$')),
  huisnummertoevoeging: optional(matches('^[a-zA-Z0-9 \\-]{1,4}$')),
};
const prefix = optional(matches("^[a-zA-Z \\']{1,10}$"));
const sex = optional(matches('^([Mm]|[Vv]|[Oo])$'));
const ownResidents = { gemeenteVanInschrijving: optional(municipality) };

/** The kinds of request (API description 2.7, `PersonenQuery`), with their parameters beside `type` and `fields`. */
const QUERY_TYPES = {
  RaadpleegMetBurgerservicenummer: {
    tree: PERSON,
    parameters: {
      burgerservicenummer: { ...required(aListOfAtMost(MAX_NUMBERS)), entries: matches('^[0-9]{9}$') },
      ...ownResidents,
    },
  },
  ZoekMetGeslachtsnaamEnGeboortedatum: {
    tree: LIMITED_PERSON,
    limit: 10,
    parameters: {
      geboortedatum: required(aDay),
      geslachtsnaam: required(matches(NAME)),
      geslacht: sex,
      voorvoegsel: prefix,
      voornamen: optional(matches("^[a-zA-Z0-9À-ž \\.\\-\\']{1,199}\\*{0,1}$")),
      ...ownResidents,
      ...theDead,
    },
  },
  ZoekMetNaamEnGemeenteVanInschrijving: {
    tree: LIMITED_PERSON,
    limit: 10,
    parameters: {
      gemeenteVanInschrijving: required(municipality),
      geslachtsnaam: required(matches(NAME)),
      voornamen: required(matches(NAME)),
      geslacht: sex,
      voorvoegsel: prefix,
      ...theDead,
    },
  },
  ZoekMetPostcodeEnHuisnummer: {
    tree: LIMITED_PERSON,
    limit: 30,
    parameters: {
      postcode: required(matches('^[1-9]{1}[0-9]{3}[ ]?[A-Za-z]{2}$')),
      huisnummer: required(aHouseNumber),
      ...houseAdditions,
      geboortedatum: optional(aDay),
      geslachtsnaam: optional(matches(NAME)),
      ...ownResidents,
      ...theDead,
    },
  },
  ZoekMetStraatHuisnummerEnGemeenteVanInschrijving: {
    tree: LIMITED_PERSON,
    limit: 30,
    parameters: {
      straat: required(matches(STREET)),
      huisnummer: required(aHouseNumber),
      gemeenteVanInschrijving: required(municipality),
      ...houseAdditions,
      ...theDead,
    },
  },
  ZoekMetNummeraanduidingIdentificatie: {
    tree: LIMITED_PERSON,
    limit: 30,
    parameters: { nummeraanduidingIdentificatie: required(identification), ...ownResidents, ...theDead },
  },
  ZoekMetAdresseerbaarObjectIdentificatie: {
    tree: LIMITED_PERSON_WITH_AUTHORITY,
    limit: 30,
    parameters: { adresseerbaarObjectIdentificatie: required(identification), ...ownResidents, ...theDead },
  },
} satisfies Record<string, QueryType>;

export const queryType = (type: Query['type']): QueryType => QUERY_TYPES[type];

/**
 * Checks a request body against the type that it names.
 * @throws BrpProblem that reports every wrong parameter at once.
 */
export function parseQuery(body: Record<string, unknown>): Query {
  if (body.type === undefined || body.type === null) throw invalidParameters([{ name: 'type', ...REQUIRED }]);
  if (typeof body.type !== 'string' || !Object.hasOwn(QUERY_TYPES, body.type)) {
    throw invalidParameters([{ name: 'type', code: 'value', reason: 'Waarde is geen geldig zoek type.' }]);
  }
  const { parameters, tree } = queryType(body.type as Query['type']);
  const wrong = [
    ...Object.entries(parameters).flatMap(([name, parameter]) => wrongWith(name, body[name], parameter)),
    ...wrongWith('fields', body.fields, { ...required(aListOfAtMost(MAX_FIELDS)), entries: aFieldOf(tree) }),
    ...Object.keys(body)
      .filter((name) => !['type', 'fields'].includes(name) && !Object.hasOwn(parameters, name))
      .map((name) => ({ name: escaped(name), code: 'unknownParam', reason: 'Parameter is niet verwacht.' })),
  ];
  if (wrong.length > 0) throw invalidParameters(wrong);
  return body as unknown as Query;
}

function wrongWith(name: string, value: unknown, { check, entries, required }: Parameter): InvalidParam[] {
  if (value === undefined || value === null || (value === '' && required))
    return required ? [{ name, ...REQUIRED }] : [];
  const wrong = check(value);
  if (wrong) return [{ name, ...wrong }];
  if (!entries || !Array.isArray(value)) return [];
  return value.flatMap((entry: unknown, place) => {
    const wrongEntry = entries(entry);
    return wrongEntry ? [{ name: `${name}[${place}]`, ...wrongEntry }] : [];
  });
}

const aPath = matches('^[a-zA-Z0-9\\._]{1,200}$');

const aFieldOf =
  (tree: FieldTree): Check =>
  (value) => {
    const malformed = aPath(value);
    if (malformed) return malformed;
    const path = String(value);
    const steps = path.split('.');
    if (steps.includes('inOnderzoek') || DELIVERED_UNASKED.some((field) => field === steps[0])) {
      return { code: 'fields', reason: 'Parameter bevat een niet toegestane veldnaam.' };
    }
    return pathsOf(tree).has(path)
      ? undefined
      : { code: 'fields', reason: 'Parameter bevat een niet bestaande veldnaam.' };
  };

/** An unknown parameter is named in the answer; markup in its name is not. */
const escaped = (name: string): string =>
  name.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
