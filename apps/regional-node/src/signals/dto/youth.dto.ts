import { isDay } from '#libs/calendar';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Equals, IsIn, IsOptional, Matches, registerDecorator, ValidateBy } from 'class-validator';
import { PersonName } from '../../documents/index.js';
import { knownBirthDate } from '../../person-register/index.js';
import { IsBsn } from '../../youths/index.js';

const HOUSE_NUMBER = /^[1-9][0-9]{0,4}(?![0-9])[A-Za-z0-9 -]{0,9}$/;

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

const IsKnownBirthDate = () =>
  ValidateBy({
    name: 'isKnownBirthDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && knownBirthDate(value) !== undefined,
      defaultMessage: () => 'Vul een bestaande datum in als JJJJ-MM-DD.',
    },
  });

const BIRTH_DATE = {
  description:
    'As far as the register can know it: without the day, or month and day, when nobody knows those.',
  pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$',
  example: '2012-03-14',
};

/** A youth by BSN and birth date: for organisations with a statutory right to the BSN (Jeugdwet 7.1.4.2 lid 2). */
export class YouthByBsn {
  @ApiProperty({ description: 'Nine digits that pass the 11-test.', pattern: '^\\d{8,9}$' })
  @IsBsn()
  bsn: string;

  @ApiProperty(BIRTH_DATE)
  @IsKnownBirthDate()
  birthDate: string;
}

export const SEXES = ['M', 'V', 'O'] as const;

const LONGEST_NAME = 199;

/** Why a text cannot be a name that the person register is searched by; undefined when it can. */
function refusedName(value: unknown, missing: string): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return missing;
  if (value.length > LONGEST_NAME) return REFUSED.long;
  // nobody browses
  if (/[*?%]/.test(value)) return REFUSED.wildcard;
  if (/(?!\p{Script=Latin})\p{L}/u.test(value.replace(/\p{Lm}/gu, ''))) return REFUSED.script;
  if (!/^[\p{L}\p{M}\p{N}\p{Pd}\p{Cf}\s.,/'‘’‛`´′]+$/u.test(value)) return REFUSED.sign;
  return /[\p{L}\p{Pd}]/u.test(value) ? undefined : REFUSED.sign;
}

const REFUSED = {
  surname: 'Vul de achternaam in. Heeft de jeugdige geen achternaam, vul dan een streepje in.',
  givenName: 'Vul een voornaam in. Heeft de jeugdige geen voornaam, vul dan een streepje in.',
  long: 'Gebruik ten hoogste 199 tekens.',
  wildcard: 'Schrijf de naam voluit: zoeken met een deel van een naam kan hier niet.',
  script: 'Schrijf de naam met Latijnse letters, zoals in een document.',
  sign: 'Gebruik in een naam alleen letters, cijfers, spaties, streepjes, punten, komma’s en apostrofs.',
} as const;

const IsName = (missing: string) =>
  ValidateBy({
    name: 'isName',
    validator: {
      validate: (value: unknown) => refusedName(value, missing) === undefined,
      defaultMessage: (args) => refusedName(args?.value, missing) ?? '',
    },
  });

/**
 * A youth by what everybody may know (Jeugdwet 7.1.4.2 lid 3): the register finds the BSN, which nobody gets to see.
 * Given name, postcode and house number are needed as far as the answer asks for them (`one-more-datum`).
 */
export class YouthBySearch {
  @ApiProperty({ maxLength: LONGEST_NAME, description: 'With or without prefixes; `-` for none.' })
  @IsName(REFUSED.surname)
  surname: string;

  @ApiProperty(BIRTH_DATE)
  @IsKnownBirthDate()
  birthDate: string;

  @ApiProperty({ enum: SEXES, description: 'M: male, V: female, O: not known.' })
  @IsIn(SEXES, { message: 'Kies M, V of O.' })
  sex: (typeof SEXES)[number];

  @ApiPropertyOptional({
    maxLength: LONGEST_NAME,
    description: 'One or more of the given names; `-` for none.',
  })
  @IsOptional()
  @IsName(REFUSED.givenName)
  givenName?: string;

  @ApiPropertyOptional({
    example: '3511 AB',
    pattern: '^[1-9][0-9]{3} ?[A-Za-z]{2}$',
    description: 'Absent for somebody who lives abroad.',
  })
  @IsOptional()
  @Matches(/^[1-9][0-9]{3} ?[A-Za-z]{2}$/, { message: 'Vul een postcode in als 1234 AB.' })
  postcode?: string;

  @ApiPropertyOptional({
    example: '12',
    pattern: HOUSE_NUMBER.source,
    description: 'A letter or an addition behind it is not compared.',
  })
  @IsOptional()
  @Matches(HOUSE_NUMBER, { message: 'Vul een huisnummer in, zoals 12.' })
  houseNumber?: string;
}

const WITHOUT_BSN_SEXES = ['M', 'V'] as const;

/** A youth who has no BSN, by what a document says (Besluit Jeugdwet 7.3.1): a foreign child, an asylum seeker, a newborn. */
export class YouthWithoutBsn {
  @ApiProperty({ enum: [true], description: 'Says that the youth has no BSN.' })
  @Equals(true, { message: 'Geef aan dat de jeugdige geen BSN heeft.' })
  withoutBsn: true;

  @ApiProperty({ maxLength: 80, description: 'Surname in Latin letters, as in a travel document.' })
  @PersonName()
  surname: string;

  @ApiProperty({ format: 'date', description: 'Complete.' })
  @IsDay()
  birthDate: string;

  @ApiProperty({ enum: WITHOUT_BSN_SEXES, description: 'M: male, V: female.' })
  @IsIn(WITHOUT_BSN_SEXES, { message: 'Kies M of V: zonder BSN is het geslacht nodig om te vergelijken.' })
  sex: (typeof WITHOUT_BSN_SEXES)[number];
}
