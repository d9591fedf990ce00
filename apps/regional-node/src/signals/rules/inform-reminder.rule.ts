import { addDays, type Day } from '#libs/calendar';

const DAYS = 42;

/**
 * Until which day a filer is reminded to inform those whom the law names: for six weeks, and only who did not inform them yet and asks for
 * it. The answer itself is not kept.
 * @source Jeugdwet 7.1.5.1 (inform), 7.1.4.3 (nothing else is kept)
 */
export const informReminderUntil = (
  { informed, remind }: { informed: 'yes' | 'not-yet'; remind?: boolean },
  today: Day,
): Day | null => (informed === 'not-yet' && remind === true ? addDays(today, DAYS) : null);
