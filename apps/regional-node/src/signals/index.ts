export { birthDateKnown } from './birth-date-known.js';
export { YouthShown } from './dto/signal.dto.js';
export { SignalsModule } from './signals.module.js';
export { SignalRemoval } from './signal-removal.js';
export { SignalSharing } from './signal-sharing.js';
export { RegisterVerification } from './register-verification.js';
export { SignalReminders } from './signal-reminders.js';
export { SignalExpiry } from './signal-expiry.js';
