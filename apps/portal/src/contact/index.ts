export { Human, type Contact } from './human.js';
export { useKindName } from './kinds.js';
export { Lead, type LeadShown } from './lead.js';
export { MailAddress } from './reach.js';
