export { MUNICIPALITIES, type MunicipalityCode } from './municipalities.js';
export type { Person, PersonName, Relative, Residence } from './person.js';
export { InvalidPopulation, readPopulation } from './population.js';
export { Register, type PersonChange } from './register.js';
export { withLongFormat } from './long-format.js';
