export { addCsvUpload } from './csv-upload.interceptor.js';
export { PersonProposal } from './person-proposal.entity.js';
export { PersonProposalsController } from './person-proposals.controller.js';
export { PersonConfirmations } from './person-confirmations.js';
export { ProfessionalsModule } from './professionals.module.js';
export { AbsenceWork } from './absence-work.js';
export { ContactReminders } from './contact-reminders.js';
