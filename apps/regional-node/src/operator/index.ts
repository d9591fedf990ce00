export { operate, type Outcome } from './operate.js';
