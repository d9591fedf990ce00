export { databaseOptions, migrate, migrateWhenReachable } from './database.js';
