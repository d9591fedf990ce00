import { KeyHolder1764000000001 } from './0001-key-holder.js';
import { SettingChecks1764000000002 } from './0002-setting-checks.js';

/** In the order in which they run. */
export const MIGRATIONS = [KeyHolder1764000000001, SettingChecks1764000000002];
