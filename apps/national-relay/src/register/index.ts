export { Register } from './register.js';
export { RegisterModule } from './register.module.js';
export { RegisterResponder } from './register.responder.js';
export { RegisterVersion } from './register-version.entity.js';
