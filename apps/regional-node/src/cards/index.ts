export { CardRepair } from './card-repair.entity.js';
export { CardsModule } from './cards.module.js';
export { Cards, type CardContent, type OpenedMatch } from './cards.js';
export { FederatedMatch } from './federated-match.entity.js';
export { MatchEnds } from './match-ends.js';
export { RollQuestion } from './roll-question.entity.js';
export { Rolls } from './rolls.js';
