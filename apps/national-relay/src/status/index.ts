export { KeyHolderStatus } from './key-holder-status.entity.js';
export { RegionStatus } from './region-status.entity.js';
export { StatusModule } from './status.module.js';
