export { ProgramLogger, errorKind, type EventFields } from './logger.js';
export { CounterInTens, GaugeInTens } from './in-tens.js';
export { MetricsController } from './metrics.js';
export { nationalCount, type NationalCount } from './rules/traceable-to-nobody.rule.js';
