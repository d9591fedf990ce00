export { ChangesController } from './changes.controller.js';
