export { MunicipalityWarnings, refuseUnlessAccepted } from './municipality-warnings.js';
export { MunicipalityWarningShown, WithAccepted } from './municipality-warnings.dto.js';
export { MunicipalityWarningsModule } from './municipality-warnings.module.js';
