export { AppointmentsPage } from './appointments-page.js';
export { APPOINT_STEPS, Appoint } from './appoint.js';
export { Appointee } from './appointee.js';
