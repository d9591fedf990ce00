export { Erasure } from './erasure.entity.js';
export { ErasuresModule } from './erasures.module.js';
export { Erasures, erasureToken } from './erasures.js';
