export { AdmitRegion } from './admit-region.js';
export { ChangeRegion } from './change-region.js';
export { Members } from './members.js';
