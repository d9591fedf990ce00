export { Bsn, InvalidBsn } from './bsn.js';
export { isMunicipalityCode } from './municipality-code.js';
