export { SignalsModule } from './signals.module.js';
export { SignalExpiry } from './signal-expiry.js';
