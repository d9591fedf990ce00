export { Bsn, InvalidBsn } from './bsn.js';
export { addYears, dayInAmsterdam, isDay, type Day } from './day.js';
export {
  ageIsCertainlyAtLeast,
  birthdayLatest,
  earliestPossibleDay,
  fits,
  isRegisterDate,
  latestPossibleDay,
  type RegisterDate,
} from './register-date.js';
