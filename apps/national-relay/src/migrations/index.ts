import { Relay1764000000001 } from './0001-relay.js';

/** In the order in which they run. */
export const MIGRATIONS = [Relay1764000000001];
