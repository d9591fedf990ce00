import { Bsn, InvalidBsn } from '#libs/bsn';
import { registerDecorator } from 'class-validator';

/** Property decorator: eight or nine digits that pass the 11-test. */
export const IsBsn = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isBsn',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isBsn(value),
      defaultMessage: () => 'Dit is geen geldig BSN. Controleer de cijfers.',
    },
  });

function isBsn(text: string): boolean {
  try {
    Bsn.parse(text);
    return true;
  } catch (error) {
    if (error instanceof InvalidBsn) return false;
    throw error;
  }
}
