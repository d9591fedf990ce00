export { Erasure } from './erasure.entity.js';
export { MemoryModule } from './memory.module.js';
