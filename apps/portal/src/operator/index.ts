export { Audit } from './audit.js';
export { Covenant, NextVersion } from './covenant.js';
export { Directory } from './directory.js';
export { FederationLink } from './federation-link.js';
export { Organisations } from './organisations.js';
export { Work } from './work.js';
