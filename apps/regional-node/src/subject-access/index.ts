export { SubjectAccessModule } from './subject-access.module.js';
