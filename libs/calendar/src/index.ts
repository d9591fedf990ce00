export { addDays, AMSTERDAM, dayInAmsterdam, isDay, momentInAmsterdam, type Day } from './day.js';
export {
  ageIsCertainlyAtLeast,
  birthdayLatest,
  earliestPossibleDay,
  isRegisterDate,
  latestPossibleDay,
  type RegisterDate,
} from './register-date.js';
export { addMonths, addYears } from './rules/add-months.rule.js';
export {
  isHolidayBesidesLiberationDay,
  isLiberationDay,
  isRecognisedHoliday,
} from './rules/recognised-holiday.rule.js';
export { statutoryTermEnds, type StatutoryTerm } from './rules/statutory-term.rule.js';
