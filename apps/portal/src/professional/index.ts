export { Absence } from './absence.js';
export { EndedSignal, EndSignal } from './end-signal.js';
export { FiledSignal } from './filed-signal.js';
export { LINK_STEPS, LinkedSignal, LinkSignal } from './link-signal.js';
export { Matches } from './matches.js';
export { NEW_SIGNAL_STEPS, NewSignal } from './new-signal.js';
export { OtherYouth } from './other-youth.js';
export { OwnSignals, SignalPage } from './own-signals.js';
export { RENEWAL_STEPS, RenewedSignal, RenewSignal } from './renew-signal.js';
