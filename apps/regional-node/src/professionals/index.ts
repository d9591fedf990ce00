export { addCsvUpload } from './csv-upload.interceptor.js';
export { ProfessionalsModule } from './professionals.module.js';
export { AbsenceWork } from './absence-work.js';
export { ContactReminders } from './contact-reminders.js';
