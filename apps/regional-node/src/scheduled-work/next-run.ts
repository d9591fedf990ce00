import { addDays, dayInAmsterdam, momentInAmsterdam } from '#libs/calendar';
import { SECOND } from '#libs/clock';

/** When work is done: again and again, or once a day at a time on the Dutch clock. */
export type Schedule = { everySeconds: number } | { dailyAt: `${number}:${number}` };

/** The first moment after `after` at which the work is due. */
export function nextRun(schedule: Schedule, after: Date): Date {
  if ('everySeconds' in schedule) return new Date(after.getTime() + schedule.everySeconds * SECOND);
  const today = dayInAmsterdam(after);
  const time = momentInAmsterdam(today, schedule.dailyAt);
  return time > after ? time : momentInAmsterdam(addDays(today, 1), schedule.dailyAt);
}
