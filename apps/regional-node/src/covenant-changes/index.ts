export { CovenantActivation } from './covenant-activation.js';
export { CovenantChangesModule } from './covenant-changes.module.js';
