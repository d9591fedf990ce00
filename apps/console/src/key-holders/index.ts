export { KeyHolders } from './key-holders.js';
