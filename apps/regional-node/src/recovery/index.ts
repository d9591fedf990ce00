export { MemoryLoss } from './memory-loss.entity.js';
export { RecoveryModule } from './recovery.module.js';
