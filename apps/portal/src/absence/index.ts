export { AbsencePlanner } from './absence-planner.js';
