export { PersonRegisterModule } from './person-register.module.js';
export {
  BATCH,
  PersonRegister,
  type Consultation,
  type LookUp,
  type PersonsByDigits,
  type PersonsRead,
} from './person-register.js';
export type { RegisteredPerson } from './registered-person.js';
export { birthDateFits, knownBirthDate } from './rules/birth-date-fits.rule.js';
export type { Datum } from './rules/next-datum.rule.js';
export { REPRESENTATIVES, type Representatives } from './rules/representatives.rule.js';
export type { PersonSearch, SearchOutcome } from './search.js';
