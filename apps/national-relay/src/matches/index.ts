export { Match } from './match.entity.js';
export { Matches, type Pair, type Side } from './matches.js';
export { MatchesModule } from './matches.module.js';
