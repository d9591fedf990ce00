export { Descriptions, type DescribedPerson } from './descriptions.js';
export { lockPersons } from './lock-persons.js';
export type { YouthDescription } from './rules/canonical-description.rule.js';
export { SignalDescription } from './signal-description.entity.js';
export { PARENTS_INFORMED, Signal, type ParentsInformed } from './signal.entity.js';
export { YouthParent } from './youth-parent.entity.js';
export { YouthRecords, type IndexedPerson, type YouthFacts } from './youth-records.js';
export { Youth } from './youth.entity.js';
export { YouthsModule } from './youths.module.js';
