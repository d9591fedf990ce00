export {
  otherKindsOf,
  readCovenant,
  signatory,
  type CovenantDocument,
  type CovenantOrganisation,
  type LeadingRule,
} from './covenant-document.js';
export { writeCovenant } from './covenant-text.js';
export { functionFault, functionsOf } from './functions.js';
export { Covenant } from './covenant.entity.js';
export { CovenantModule } from './covenant.module.js';
export { Covenants, type CovenantHistory, type CovenantVersion } from './covenants.js';
export { covenantInForce } from './rules/covenant-in-force.rule.js';
export { followUpStage, type FollowUpStage } from './rules/follow-up-stage.rule.js';
export { leadWithinRegion, type Lead, type LeadCandidate } from './rules/lead-within-region.rule.js';
export { namedInMail } from './rules/named-in-mail.rule.js';
export { knownKind } from './rules/organisation-category.rule.js';
export { lastDayOfTerm } from './rules/working-days.rule.js';
export { SECTORS, type Sector } from './sectors.js';
