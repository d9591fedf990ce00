import type { RegisterDate } from '#libs/calendar';
import { givenNameSpellings, isGivenName, surnameSpellings } from '../youths/index.js';
import type { RegisterQuery } from './register-connection.js';
import { FIELDS, SEARCH_FIELDS, type RegisteredPerson } from './registered-person.js';
import { birthDateFits } from './rules/birth-date-fits.rule.js';
import { nextDatum, type Datum } from './rules/next-datum.rule.js';
import { personMeant, type Candidate, type GivenData } from './rules/person-meant.rule.js';

/** What somebody knows of a youth whose BSN they may not use. */
export interface PersonSearch {
  /** As typed; a hyphen for nobody's. */
  surname: string;
  /** As far as it is known. */
  birthDate: RegisterDate;
  sex: 'M' | 'V' | 'O';
  /** One or more of the given names, as typed; a hyphen for none. */
  givenName?: string;
  /** Four digits and two letters, with or without a space. */
  postcode?: string;
  houseNumber?: number;
}

/** What a search came to. Nobody and more than one are the same: `asks` depends on the search only. */
export type SearchOutcome =
  | { outcome: 'found'; person: RegisteredPerson }
  | { outcome: 'not-identified'; asks: Datum | undefined }
  | { outcome: 'unavailable' | 'refused' };

/** What one question to the register came to; `too-many` when more persons fit than it delivers. */
export type Answer = { persons: RegisteredPerson[] } | 'too-many' | 'unavailable' | 'refused';

/** Puts one question to the register. */
export type Ask = (question: RegisterQuery) => Promise<Answer>;

const BY_ADDRESS = 'ZoekMetPostcodeEnHuisnummer';

/** Residents of no municipality: the register of people who live abroad (RNI). */
const ABROAD = '1999';
/** Fewer letters before a wildcard are refused where the register demands the given name. */
const SHORTEST_BEFORE_WILDCARD = 3;

/** One question to the register, and what its answer is worth. */
interface Planned {
  question: RegisterQuery;
  /** It finds people by where they live, so a person with a secret address is left out of its answer. */
  byResidence?: true;
  /** It finds everybody of that description; if there are too many, somebody else may be meant. */
  findsAll?: true;
  /** It is for people without a surname, and has others in its answer. */
  nameless?: true;
}

/**
 * Finds the one person who is described.
 *
 * Which questions reach the register depends on the search alone, not on the answers, until one person is identified: only then one more
 * question reads that person. A secret address is compared with nothing.
 */
export async function searchPerson(search: PersonSearch, ask: Ask): Promise<SearchOutcome> {
  const given = givenData(search);
  const candidates = new Map<string, Candidate & { person: RegisteredPerson }>();
  let allKnown = true;
  for (const planned of questionsOf(search)) {
    const answer = await ask(planned.question);
    if (answer === 'unavailable' || answer === 'refused') return { outcome: answer };
    if (answer === 'too-many') {
      allKnown &&= !planned.findsAll;
      continue;
    }
    for (const person of answer.persons) {
      if (!fits(person, search, planned)) continue;
      const digits = person.bsn.revealDigits();
      candidates.set(digits, {
        person,
        isProtected: person.isProtected,
        isNamed: search.givenName !== undefined && isGivenName(search.givenName, person.givenNames),
        livesThere: given.houseNumber
          ? candidates.get(digits)?.livesThere === true || planned.question.type === BY_ADDRESS
          : person.postcode !== undefined && person.postcode === compact(search.postcode),
      });
    }
  }
  const meant = personMeant([...candidates.values()], given, allKnown);
  const notIdentified = { outcome: 'not-identified', asks: nextDatum(given) } as const;
  if (!meant) return notIdentified;
  const read = await ask({
    type: 'RaadpleegMetBurgerservicenummer',
    burgerservicenummer: [meant.person.bsn.revealDigits()],
    fields: FIELDS,
  });
  if (typeof read === 'string') return { outcome: read === 'refused' ? 'refused' : 'unavailable' };
  const person = read.persons.find(({ bsn }) => bsn.equals(meant.person.bsn));
  return person ? { outcome: 'found', person } : notIdentified;
}

const givenData = ({ givenName, postcode, houseNumber }: PersonSearch): GivenData => ({
  givenName: givenName !== undefined,
  postcode: postcode !== undefined,
  houseNumber: postcode !== undefined && houseNumber !== undefined,
});

/** Every question that this search puts to the register. */
function questionsOf(search: PersonSearch): Planned[] {
  const names = surnameSpellings(search.surname);
  return [
    ...names.flatMap((name) => byBirthDate(name, search)),
    ...names.flatMap((name) => abroad(name, search)),
    ...byAddress(names, search),
  ];
}

/** The register finds nobody whose birth date is incomplete by a date. */
function byBirthDate(geslachtsnaam: string, { birthDate, sex, givenName }: PersonSearch): Planned[] {
  if (birthDate.type !== 'Datum') return [];
  const question = {
    type: 'ZoekMetGeslachtsnaamEnGeboortedatum',
    geslachtsnaam,
    geboortedatum: birthDate.datum,
    geslacht: sex,
    fields: SEARCH_FIELDS,
  };
  const first = givenNameSpellings(givenName ?? '');
  if (first.length === 0) return [{ question, findsAll: true }];
  // somebody may go by another than the first given name
  return [
    { question },
    ...first.map((name): Planned => ({ question: { ...question, voornamen: `${name}*` }, findsAll: true })),
  ];
}

/** Who lives abroad and has an incomplete birth date has neither an address nor a day to be found by. */
function abroad(geslachtsnaam: string, { birthDate, sex, givenName }: PersonSearch): Planned[] {
  if (birthDate.type === 'Datum') return [];
  return givenNameSpellings(givenName ?? '').map((name) => ({
    question: {
      type: 'ZoekMetNaamEnGemeenteVanInschrijving',
      geslachtsnaam,
      voornamen: name.length < SHORTEST_BEFORE_WILDCARD ? name : `${name}*`,
      gemeenteVanInschrijving: ABROAD,
      geslacht: sex,
      fields: SEARCH_FIELDS,
    },
    byResidence: true,
  }));
}

/** By address without the birth date, which may be incomplete in the register. */
function byAddress(names: readonly string[], { postcode, houseNumber }: PersonSearch): Planned[] {
  if (postcode === undefined || houseNumber === undefined) return [];
  const question = {
    type: BY_ADDRESS,
    postcode: compact(postcode),
    huisnummer: houseNumber,
    fields: SEARCH_FIELDS,
  };
  const nameless: Planned = { question, byResidence: true, nameless: true };
  return [
    ...names.map((geslachtsnaam): Planned => ({
      question: { ...question, geslachtsnaam },
      byResidence: true,
    })),
    ...(names.includes('-') ? [nameless] : []),
  ];
}

function fits(
  person: RegisteredPerson,
  { sex, birthDate }: PersonSearch,
  { byResidence, nameless }: Planned,
): boolean {
  if (byResidence && person.isProtected) return false;
  if (nameless && person.surname !== '') return false;
  return person.sex === sex && birthDateFits(person.birthDate, birthDate);
}

const compact = (postcode = ''): string => postcode.replace(/\s/g, '').toUpperCase();
