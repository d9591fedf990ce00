export { RoutingModule } from './routing.module.js';
