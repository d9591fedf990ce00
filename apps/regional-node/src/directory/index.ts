export { Absence } from './absence.entity.js';
export { ContactChange } from './contact-change.entity.js';
export {
  absencesAround,
  designationsOf,
  idsOfPerson,
  municipalitiesOf,
  organisationOf,
  processManagersOf,
  standsInFor,
} from './directory.js';
export { held, HELD } from './held-professional.js';
export { Organisation, type OrganisationLocation } from './organisation.entity.js';
export { ROLES, Professional, type Role } from './professional.entity.js';
export { absentOn } from './rules/absent-on.rule.js';
export { designationInUse, mayAct } from './rules/designation-in-use.rule.js';
export { standInFor } from './rules/stand-in.rule.js';
export { contactOf, locationOf, ProfessionalContact, VisibleProfessional } from './visible-professional.js';
