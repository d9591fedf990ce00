export { Elsewhere } from './elsewhere.js';
export { ForwardedCase } from './forwarded-case.entity.js';
export { Move } from './move.entity.js';
export { Moves } from './moves.js';
export { MovesModule } from './moves.module.js';
