export { PersonProposals } from './person-proposals.js';
