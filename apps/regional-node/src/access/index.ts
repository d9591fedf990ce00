export { CurrentProfessional, Roles, ROLES_KEY } from './access.decorators.js';
export { AccessGuard } from './access.guard.js';
export { AccessModule } from './access.module.js';
