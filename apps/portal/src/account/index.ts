export { OwnDetails } from './own-details.js';
