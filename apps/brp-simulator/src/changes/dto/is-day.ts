import { ValidateBy } from 'class-validator';
import { isDay } from '#libs/calendar';

/** Accepts an existing calendar day, `YYYY-MM-DD`. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && isDay(value),
      defaultMessage: () => 'Dit is geen bestaande dag in de vorm JJJJ-MM-DD.',
    },
  });
