export { PersonRegisterModule } from './person-register.module.js';
export {
  BATCH,
  PersonRegister,
  type Consultation,
  type LookUp,
  type PersonSearch,
  type PersonsByDigits,
} from './person-register.js';
export type { RegisteredPerson } from './registered-person.js';
export { REPRESENTATIVES, type Representatives } from './rules/representatives.rule.js';
