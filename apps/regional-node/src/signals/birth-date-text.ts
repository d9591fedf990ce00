import type { Day, RegisterDate } from '#libs/calendar';

/** A birth date to read: the register's own text (`12 mei 2012`, `mei 2012`, `2012`, `onbekend`), else its parts. */
export function birthDateText(date: RegisterDate): string {
  if (date.langFormaat) return date.langFormaat;
  switch (date.type) {
    case 'Datum':
      return date.datum;
    case 'JaarMaandDatum':
      return `${date.jaar}-${String(date.maand).padStart(2, '0')}`;
    case 'JaarDatum':
      return String(date.jaar);
    case 'DatumOnbekend':
      return 'onbekend';
  }
}

const inDutch = new Intl.DateTimeFormat('nl-NL', {
  ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
});

/** A complete birth date as the register would write it: `12 mei 2012`. */
export const birthDayText = (day: Day): string => inDutch.format(new Date(`${day}T00:00Z`));
