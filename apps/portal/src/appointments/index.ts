export { AppointmentsPage } from './appointments-page.js';
export { APPOINT_STEPS, Appoint } from './appoint.js';
export { ChangeLogin } from './change-login.js';
export { Appointee } from './appointee.js';
