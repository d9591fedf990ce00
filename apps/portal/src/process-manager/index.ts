export { Moves } from './moves.js';
export { Queue } from './queue.js';
