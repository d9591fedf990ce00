export { ContactText, EmailAddress, PhoneNumber } from './contact-text.js';
export { InvalidDocument, readDocument, readDocumentFile } from './document.js';
