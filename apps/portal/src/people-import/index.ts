export { PeopleImport } from './people-import.js';
