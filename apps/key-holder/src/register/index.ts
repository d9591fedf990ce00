export { RegisterModule } from './register.module.js';
export { RegionRegisterCopy } from './region-register-copy.entity.js';
export { Registers } from './registers.js';
