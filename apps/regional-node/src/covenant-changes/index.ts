export { CovenantActivation } from './covenant-activation.js';
export { CovenantChangesModule } from './covenant-changes.module.js';
export { CovenantChangesService } from './covenant-changes.service.js';
export { CovenantChangesController } from './covenant-changes.controller.js';
export { WrittenCovenant } from './dto/covenant-changes.dto.js';
