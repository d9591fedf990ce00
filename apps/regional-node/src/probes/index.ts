export { Probe } from './probe.entity.js';
export { ProbesModule } from './probes.module.js';
export { Probes } from './probes.js';
