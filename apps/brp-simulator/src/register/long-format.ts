import type { RegisterDate } from '#libs/calendar';

const MONTHS = [
  'januari',
  'februari',
  'maart',
  'april',
  'mei',
  'juni',
  'juli',
  'augustus',
  'september',
  'oktober',
  'november',
  'december',
];

/** Adds the register's own text of a date: "12 mei 2012", "mei 2012", "2012" or "onbekend". */
export function withLongFormat(date: RegisterDate): RegisterDate {
  return { ...date, langFormaat: longFormat(date) };
}

function longFormat(date: RegisterDate): string {
  switch (date.type) {
    case 'Datum': {
      const [year, month, day] = date.datum.split('-').map(Number);
      return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
    }
    case 'JaarMaandDatum':
      return `${MONTHS[date.maand - 1]} ${date.jaar}`;
    case 'JaarDatum':
      return String(date.jaar);
    case 'DatumOnbekend':
      return 'onbekend';
  }
}
