export { SealingKey } from './sealing-key.js';
