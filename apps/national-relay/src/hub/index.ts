export { HubAccounts } from './hub-accounts.js';
export { HubCheck, UnsafeHub } from './hub-check.js';
export { HubModule } from './hub.module.js';
export { HubStreams } from './hub-streams.js';
