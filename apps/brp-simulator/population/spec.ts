import type { RegisterDate } from '#libs/calendar';
import type { MunicipalityCode } from '../src/register/index.js';

/** What a person of the population is made from. */
export interface PersonSpec {
  /** Names the person in the stories and within this population. */
  key: string;
  voornamen: string;
  voorvoegsel?: string;
  geslachtsnaam: string;
  /** A complete day, or a date of which parts are unknown. */
  born: string | RegisterDate;
  sex: 'M' | 'V';
  /** Who has the same household lives at the same address. */
  household: string;
  municipality: MunicipalityCode;
  /** Keys of the parents, in the order of the register. */
  parents?: string[];
  /** A parent who stands on the list by name only, without a number. */
  parentWithoutNumber?: { voornamen: string; geslachtsnaam: string };
  diedOn?: string;
  emigratedOn?: string;
  protectedAddress?: true;
  /** What the person is there for. */
  remark?: string;
}

export interface FamilySpec {
  key: string;
  about: string;
  persons: PersonSpec[];
}
