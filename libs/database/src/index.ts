export { databaseOptions, migrate } from './database.js';
