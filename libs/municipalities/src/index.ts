export { MunicipalityTable, ownTable, type MunicipalityFact } from './municipality-table.js';
export { presentMunicipalities } from './present.js';
export { NoTable33, readTable33, textOfTable33 } from './table-33.js';
