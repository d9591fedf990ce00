export { AppointmentsPage } from './appointments-page.js';
export { Appoint } from './appoint.js';
export { Appointee } from './appointee.js';
