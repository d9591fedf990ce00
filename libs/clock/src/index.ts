export { Clock, OffsetFileClock, SettableClock, SystemClock, SECOND, MINUTE, HOUR, DAY } from './clock.js';
