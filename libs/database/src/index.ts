export { databaseOptions, migrate, migrateWhenReachable } from './database.js';
export { checkSettings, SettingCheck, settingCheckSql, type LastingSetting } from './setting-checks.js';
