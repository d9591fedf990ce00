export { Pepper, type HandleOf } from './pepper.js';
export { PepperModule } from './pepper.module.js';
