export { ContactText, EmailAddress, PersonName, PhoneNumber } from './contact-text.js';
export { DayText } from './day-text.js';
export { InvalidDocument, readDocument, readDocumentFile } from './document.js';
