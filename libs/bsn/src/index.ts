export { Bsn, InvalidBsn } from './bsn.js';
