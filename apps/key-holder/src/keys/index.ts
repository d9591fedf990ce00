export { isKeyPair } from './key-pair.js';
export { SealingKey } from './sealing-key.js';
