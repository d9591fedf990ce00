export { News } from './news.js';
export { OwnDetails } from './own-details.js';
