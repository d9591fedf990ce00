import { isDay } from '#libs/calendar';
import { ValidateBy } from 'class-validator';

/** A calendar day, `YYYY-MM-DD`. */
export const DayText = () =>
  ValidateBy(
    { name: 'isDay', validator: { validate: (value) => typeof value === 'string' && isDay(value) } },
    { message: 'Vul een bestaande dag in: jjjj-mm-dd.' },
  );
