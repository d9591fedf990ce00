import { addDays } from '#libs/calendar';

const DAYS_BEFORE = 60;

/**
 * A signal may be renewed in its last sixty days: filed anew by the same professional, who weighs again whether there is reason to. Earlier
 * there is nothing to weigh; on the 23rd birthday it ends for good.
 * @source Jeugdwet 7.1.4.1 and 7.1.4.5
 */
export const mayRenew = (
  signal: { removalDate: string; removalCause: 'expired' | 'age' },
  today: string,
): boolean =>
  signal.removalCause === 'expired' &&
  addDays(signal.removalDate, -DAYS_BEFORE) <= today &&
  today < signal.removalDate;
