export { ProgramLogger, errorKind, type EventFields } from './logger.js';
export { MetricsController } from './metrics.js';
