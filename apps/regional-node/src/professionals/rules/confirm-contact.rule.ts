import { addMonths } from '#libs/calendar';

/**
 * The day on which somebody is asked to confirm the contact details again: so many months after they last were.
 * @param confirmedOn `YYYY-MM-DD`
 * @source Jeugdwet 7.1.3.3; convenant: contacts.confirmEveryMonths
 */
export const confirmContactOn = (confirmedOn: string, months: number): string =>
  addMonths(confirmedOn, months);

/** Contact details with what is known of whether they are right. */
interface KnownContact {
  confirmedOn: string;
  /** Day of the last reminder; null when there was none. */
  remindedOn: string | null;
}

/**
 * Says whether a reminder goes out: from that day on, once.
 * @param today `YYYY-MM-DD`, in Amsterdam
 * @source Jeugdwet 7.1.3.3; convenant: contacts.confirmEveryMonths
 */
export function contactReminderDue(
  { confirmedOn, remindedOn }: KnownContact,
  months: number,
  today: string,
): boolean {
  const day = confirmContactOn(confirmedOn, months);
  return today >= day && (remindedOn === null || remindedOn < day);
}
