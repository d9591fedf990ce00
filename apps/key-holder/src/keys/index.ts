export { isKeyPair } from './key-pair.js';
