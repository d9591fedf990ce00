import { isDay } from '#libs/calendar';
import { ApiProperty } from '@nestjs/swagger';
import { Equals, IsIn, Matches, MaxLength, registerDecorator } from 'class-validator';
import { IsBsn } from '../../youths/index.js';

const IsDay = () => (target: object, propertyName: string) =>
  registerDecorator({
    name: 'isDay',
    target: target.constructor,
    propertyName,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isDay(value),
      defaultMessage: () => 'Vul een bestaande datum in als JJJJ-MM-DD.',
    },
  });

/** A youth by BSN and birth date: for organisations with a statutory right to the BSN (Jeugdwet 7.1.4.2 lid 2). */
export class YouthByBsn {
  @ApiProperty({ description: 'Nine digits that pass the 11-test.', pattern: '^\\d{8,9}$' })
  @IsBsn()
  bsn: string;

  @ApiProperty({ format: 'date' })
  @IsDay()
  birthDate: string;
}

export const SEXES = ['M', 'V', 'O'] as const;

/** A youth by what everybody may know (Jeugdwet 7.1.4.2 lid 3): the register finds the BSN, which nobody gets to see. */
export class YouthBySearch {
  @ApiProperty({ maxLength: 199, description: 'Surname, with or without prefixes.' })
  @MaxLength(199, { message: 'Gebruik ten hoogste 199 tekens.' })
  // the characters of the register's own filter, without its wildcard: nobody browses
  @Matches(/^(?=.*\p{L})[a-zA-Z0-9À-ž .'-]+$/u, { message: 'Vul de achternaam in.' })
  surname: string;

  @ApiProperty({ format: 'date' })
  @IsDay()
  birthDate: string;

  @ApiProperty({ enum: SEXES, description: 'M: male, V: female, O: not known.' })
  @IsIn(SEXES, { message: 'Kies M, V of O.' })
  sex: (typeof SEXES)[number];

  @ApiProperty({ example: '3511 AB', pattern: '^[1-9][0-9]{3} ?[A-Za-z]{2}$' })
  @Matches(/^[1-9][0-9]{3} ?[A-Za-z]{2}$/, { message: 'Vul een postcode in als 1234 AB.' })
  postcode: string;
}

const WITHOUT_BSN_SEXES = ['M', 'V'] as const;

/** A youth who has no BSN, by what a document says (Besluit Jeugdwet 7.3.1): a foreign child, an asylum seeker, a newborn. */
export class YouthWithoutBsn {
  @ApiProperty({ enum: [true], description: 'Says that the youth has no BSN.' })
  @Equals(true, { message: 'Geef aan dat de jeugdige geen BSN heeft.' })
  withoutBsn: true;

  @ApiProperty({ maxLength: 100, description: 'Surname in Latin letters, as in a travel document.' })
  @MaxLength(100, { message: 'Gebruik ten hoogste 100 tekens.' })
  @Matches(/^(?=.*\p{L})[\p{Script=Latin}\p{M}\p{Lm} .,'’‘`–-]+$/u, {
    message: 'Vul de achternaam in met Latijnse letters, zoals in het reisdocument.',
  })
  surname: string;

  @ApiProperty({ format: 'date', description: 'Complete.' })
  @IsDay()
  birthDate: string;

  @ApiProperty({ enum: WITHOUT_BSN_SEXES, description: 'M: male, V: female.' })
  @IsIn(WITHOUT_BSN_SEXES, { message: 'Kies M of V: zonder BSN is het geslacht nodig om te vergelijken.' })
  sex: (typeof WITHOUT_BSN_SEXES)[number];
}
