export { BlindIndex, type PersonRole } from './blind-index.js';
