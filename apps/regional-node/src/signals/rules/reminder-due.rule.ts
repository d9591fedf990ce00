import { addDays } from '#libs/calendar';

const DAYS_BEFORE = 30;

/**
 * The filer is reminded thirty days before a signal expires, so that it can be renewed in time; not before the 23rd birthday, since then
 * nothing can be renewed.
 * @source convenant: herinnering voor de removal date; Jeugdwet 7.1.4.5
 */
export const reminderDue = (
  signal: { removalDate: string; removalCause: 'expired' | 'age'; reminded: boolean },
  today: string,
): boolean =>
  !signal.reminded &&
  signal.removalCause === 'expired' &&
  signal.removalDate > today &&
  addDays(signal.removalDate, -DAYS_BEFORE) <= today;

/** The last removal date for which a reminder can be due today. */
export const lastToRemind = (today: string): string => addDays(today, DAYS_BEFORE);
