export { CeremonyModule } from './ceremony.module.js';
export { EpochKey } from './epoch-key.entity.js';
export { KeyRing, type UsableKey } from './key-ring.js';
