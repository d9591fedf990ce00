export { AlarmList, Alarms } from './alarms.js';
