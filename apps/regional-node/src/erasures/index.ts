export { Erasure } from './erasure.entity.js';
export { ErasuresModule } from './erasures.module.js';
export { Erasures, archiveErasureToken, erasureToken } from './erasures.js';
