export { SubjectAccess } from './subject-access.js';
