export { BrpProblemFilter } from './brp-problem.filter.js';
export { PersonsController } from './persons.controller.js';
export { PersonsService } from './persons.service.js';
