export { Human, type Contact } from './human.js';
export { Lead, type LeadShown } from './lead.js';
