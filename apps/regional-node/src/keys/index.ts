export { BlindIndex, type PersonRole } from './blind-index.js';
export { SealingKey } from './sealing-key.js';
