export { Absence } from './absence.js';
export { EndSignal } from './end-signal.js';
export { LinkSignal } from './link-signal.js';
export { Matches } from './matches.js';
export { NewSignal } from './new-signal.js';
export { OwnSignals } from './own-signals.js';
export { RenewSignal } from './renew-signal.js';
