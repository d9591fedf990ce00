export { organisationOf, processManagersOf, professionalOf } from './directory.js';
export { Organisation } from './organisation.entity.js';
export { ROLES, Professional, type Role } from './professional.entity.js';
