export { CATALOGUE, type ProblemCode } from './catalogue.js';
export { Problem, invalidField, type InvalidParam, type ProblemExtra } from './problem.js';
export { MOST_ERRORS, ProblemFilter, invalidParamsOf, problemValidationPipe } from './http.js';
