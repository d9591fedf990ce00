export { KeyHolderStatus } from './key-holder-status.entity.js';
export { RegionStatus } from './region-status.entity.js';
export { National } from './dto/views.js';
export { Status } from './status.js';
export { StatusModule } from './status.module.js';
