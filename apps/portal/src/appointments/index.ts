export { AppointmentsPage } from './appointments-page.js';
export { Appoint } from './appoint.js';
export { ChangeLogin } from './change-login.js';
export { Appointee } from './appointee.js';
