import { KeyHolder1764000000001 } from './0001-key-holder.js';

/** In the order in which they run. */
export const MIGRATIONS = [KeyHolder1764000000001];
