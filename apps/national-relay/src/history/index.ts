export { HistoryModule } from './history.module.js';
export { RegionSample } from './region-sample.entity.js';
