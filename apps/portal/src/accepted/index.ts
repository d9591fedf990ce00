export { AcceptMunicipalities, warningsIn, type MunicipalityWarning } from './accept-municipalities.js';
