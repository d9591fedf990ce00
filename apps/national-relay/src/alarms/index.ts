export { Alarm, type RecordedAlarmKind } from './alarm.entity.js';
export { Alarms } from './alarms.js';
export { AlarmsModule } from './alarms.module.js';
