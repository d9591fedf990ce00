import { Local1764000000001 } from './0001-local.js';

/** In the order in which they run. */
export const MIGRATIONS = [Local1764000000001];
