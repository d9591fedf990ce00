export { Locations } from './locations.js';
export { People } from './people.js';
export { DepartedPerson } from './departure.js';
export { Person } from './person.js';
export { Waiting } from './waiting.js';
