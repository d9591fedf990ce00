import type { RegisterDate } from '#libs/calendar';

/** A birth date as far as the register knows it, for a screen to put in words: a day, a month or a year; nothing when it is unknown. */
export function birthDateKnown(date: RegisterDate): { birthDate?: string } {
  switch (date.type) {
    case 'Datum':
      return { birthDate: date.datum };
    case 'JaarMaandDatum':
      return { birthDate: `${date.jaar}-${String(date.maand).padStart(2, '0')}` };
    case 'JaarDatum':
      return { birthDate: String(date.jaar) };
    case 'DatumOnbekend':
      return {};
  }
}
