export { CeremonyModule } from './ceremony.module.js';
export { EpochKey } from './epoch-key.entity.js';
export { KeyRing, purposeOf, type UsableKey } from './key-ring.js';
