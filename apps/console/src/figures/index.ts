export { FiguresScreen } from './figures.js';
