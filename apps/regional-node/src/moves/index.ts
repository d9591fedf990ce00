export { Move } from './move.entity.js';
export { Moves } from './moves.js';
export { MovesModule } from './moves.module.js';
