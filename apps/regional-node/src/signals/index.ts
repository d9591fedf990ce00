export { SignalsModule } from './signals.module.js';
export { SignalRemoval } from './signal-removal.js';
export { SignalExpiry } from './signal-expiry.js';
