export { ProfessionalsModule } from './professionals.module.js';
export { AbsenceWork } from './absence-work.js';
export { ContactReminders } from './contact-reminders.js';
