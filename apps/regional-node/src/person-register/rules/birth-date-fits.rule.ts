import { isRegisterDate, type RegisterDate } from '#libs/calendar';

/**
 * Reads `YYYY-MM-DD`, `YYYY-MM` or `YYYY`: a birth date as far as a document or the reporter knows it.
 * @returns undefined for anything else, and for what no calendar has
 * @source BRP API Personen 2.7, AbstractDatum
 */
export function knownBirthDate(text: string): RegisterDate | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  const jaar = Number(year);
  const date = day
    ? { type: 'Datum', datum: text }
    : month
      ? { type: 'JaarMaandDatum', jaar, maand: Number(month) }
      : { type: 'JaarDatum', jaar };
  return isRegisterDate(date) ? date : undefined;
}

/**
 * Whether a birth date that somebody gave is that of the register: everything that the register knows of it was given, and is equal.
 * A year alone therefore finds nobody whose day of birth is registered. A date of which the register knows nothing fits all.
 * @source Jeugdwet 7.1.2.3 lid 1 sub a
 */
export const birthDateFits = (registered: RegisterDate, given: RegisterDate): boolean =>
  known(given).startsWith(known(registered));

/** What is known of a date: `2012-03-14`, `2012-03`, `2012` or nothing. */
function known(date: RegisterDate): string {
  switch (date.type) {
    case 'Datum':
      return date.datum;
    case 'JaarMaandDatum':
      return `${digits(date.jaar, 4)}-${digits(date.maand, 2)}`;
    case 'JaarDatum':
      return digits(date.jaar, 4);
    case 'DatumOnbekend':
      return '';
  }
}

const digits = (number: number, count: number): string => String(number).padStart(count, '0');
