export { KeyHolderStatus } from './key-holder-status.entity.js';
export { RegionStatus } from './region-status.entity.js';
export { National } from './dto/views.js';
export { nationalCount, type NationalCount } from './rules/traceable-to-nobody.rule.js';
export { Status } from './status.js';
export { StatusModule } from './status.module.js';
