export { Handle, type HandleRole } from './handle.entity.js';
export { HandlesModule } from './handles.module.js';
export { Handles, probeHandle, type PersonKey, type PersonRef } from './handles.js';
export { SecretQueue } from './secret-queue.js';
