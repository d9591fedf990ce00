export { RegionScreen } from './region.js';
