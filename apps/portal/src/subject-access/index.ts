export { ACCESS_STEPS, SubjectAccess } from './subject-access.js';
