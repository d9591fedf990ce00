export { PersonRegisterModule } from './person-register.module.js';
export { PersonRegister, type Consultation, type LookUp, type PersonSearch } from './person-register.js';
export type { RegisteredPerson } from './registered-person.js';
