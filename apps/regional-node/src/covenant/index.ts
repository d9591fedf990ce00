export {
  SECTORS,
  readCovenant,
  signatory,
  type CovenantDocument,
  type CovenantOrganisation,
  type LeadingRule,
  type Sector,
} from './covenant-document.js';
export { Covenant } from './covenant.entity.js';
export { CovenantModule } from './covenant.module.js';
export { Covenants } from './covenants.js';
export { leadWithinRegion, type Lead, type LeadCandidate } from './rules/lead-within-region.rule.js';
