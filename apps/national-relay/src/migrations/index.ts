import { Relay1764000000001 } from './0001-relay.js';
import { History1764000000002 } from './0002-history.js';
import { Archive1764000000003 } from './0003-archive.js';
import { NoLiveHandles1764000000004 } from './0004-no-live-handles.js';
import { Forms1764000000005 } from './0005-forms.js';
import { Login1764000000006 } from './0006-login.js';
import { SettingChecks1764000000007 } from './0007-setting-checks.js';
import { RequestCounts1764000000008 } from './0008-request-counts.js';

/** In the order in which they run. */
export const MIGRATIONS = [
  Relay1764000000001,
  History1764000000002,
  Archive1764000000003,
  NoLiveHandles1764000000004,
  Forms1764000000005,
  Login1764000000006,
  SettingChecks1764000000007,
  RequestCounts1764000000008,
];
