export { EvaluationDay } from './evaluation-day.entity.js';
export { EvaluationRequestRecord } from './evaluation-request-record.entity.js';
export { EvaluationModule } from './evaluation.module.js';
