export { Overview } from './overview.js';
export { conditionOf, StateBadge } from './state-badge.js';
