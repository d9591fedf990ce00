export { Audit } from './audit.js';
export { Covenant } from './covenant.js';
export { Directory } from './directory.js';
export { FederationLink } from './federation-link.js';
export { Work } from './work.js';
