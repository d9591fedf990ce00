export { Handle, type HandleRole } from './handle.entity.js';
export { HandlesModule } from './handles.module.js';
export { Handles, askKey, personOf, probeHandle, type PersonKey, type PersonRef } from './handles.js';
export { SecretQueue, type SecretListener } from './secret-queue.js';
