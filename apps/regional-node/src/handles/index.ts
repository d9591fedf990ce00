export { Handle } from './handle.entity.js';
export { HandlesModule } from './handles.module.js';
export { Handles, type PersonKey, type PersonRef } from './handles.js';
export { SecretQueue } from './secret-queue.js';
