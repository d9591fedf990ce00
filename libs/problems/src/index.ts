export { CATALOGUE, type ProblemCode } from './catalogue.js';
export { Problem, invalidField, type InvalidParam, type ProblemExtra } from './problem.js';
export { ProblemFilter, invalidParamsOf, problemValidationPipe } from './http.js';
