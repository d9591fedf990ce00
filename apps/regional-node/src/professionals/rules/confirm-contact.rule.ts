/**
 * The day on which somebody is asked to confirm the contact details again: so many months after they last were. A month without that day
 * has it on its last one.
 * @param confirmedOn `YYYY-MM-DD`
 * @source Jeugdwet 7.1.3.3; convenant: contacts.confirmEveryMonths
 */
export function confirmContactOn(confirmedOn: string, months: number): string {
  const [year = 0, month = 0, day = 0] = confirmedOn.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

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
