export { Bsn, InvalidBsn } from './bsn.js';
export { addDays, addYears, dayInAmsterdam, isDay, momentInAmsterdam, type Day } from './day.js';
export {
  ageIsCertainlyAtLeast,
  birthdayLatest,
  earliestPossibleDay,
  fits,
  isRegisterDate,
  latestPossibleDay,
  type RegisterDate,
} from './register-date.js';
