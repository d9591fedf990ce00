import type { InvalidParam } from '#libs/problems';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ROLES, type Role } from '../directory/index.js';
import { AreLocations, type LocationFields } from './dto/location.dto.js';
import { ContactText, EmailAddress, PersonName, PhoneNumber, readDocument } from '../documents/index.js';

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const KEY_MESSAGE = { message: 'Gebruik kleine letters, cijfers en koppeltekens.' };
const MUNICIPALITY_CODE = {
  message: 'Vul de code van de gemeente in: vier cijfers tussen aanhalingstekens.',
};

/** An affiliated organisation, whether it signed the covenant or not. */
export class DirectoryOrganisation {
  @Matches(KEY, KEY_MESSAGE) id: string;
  @ContactText(100) name: string;
  /** Not limited to the six sectors: the covenant decides who may file. */
  @Matches(KEY, KEY_MESSAGE) sector: string;
  @Matches(KEY, KEY_MESSAGE) kind: string;
  /** Null for one of the whole country. */
  @ValidateIf(({ municipality }: DirectoryOrganisation) => municipality !== null)
  @Matches(/^\d{4}$/, MUNICIPALITY_CODE)
  municipality: string | null;

  @IsOptional() @AreLocations() locations?: LocationFields[];
}

/** Somebody who gets an account. */
export class DirectoryProfessional {
  /** `sub` at the OpenID Connect provider. */
  @Matches(/^[\x21-\x7e]+$/, { message: 'Vul het kenmerk van de inlogvoorziening in.' })
  @MaxLength(255, { message: 'Gebruik ten hoogste 255 tekens.' })
  subject: string;

  @PersonName() name: string;
  @ContactText(60) function: string;
  @PhoneNumber() phone: string;
  @EmailAddress() email: string;
  /** Key of the organisation. */
  @Matches(KEY, KEY_MESSAGE) organisation: string;
  /** Key of one of its locations. */
  @IsOptional() @Matches(KEY, KEY_MESSAGE) location?: string;

  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayNotEmpty({ message: 'Geef ten minste één rol.' })
  @ArrayUnique({ message: 'Noem elke rol één keer.' })
  @IsIn(ROLES, { each: true, message: `Een rol is een van: ${ROLES.join(', ')}.` })
  roles: Role[];

  @IsBoolean({ message: 'Vul true of false in.' }) designated: boolean;

  /** Of a process manager only: null for one of the whole region. */
  @ValidateIf(
    ({ municipality, roles }: DirectoryProfessional) =>
      municipality !== null && (municipality !== undefined || roles?.includes('process-manager')),
  )
  @Matches(/^\d{4}$/, MUNICIPALITY_CODE)
  municipality?: string | null;
}

/** The organisations and people of a region, as they are to begin with. */
export class DirectoryDocument {
  @IsArray({ message: 'Vul een lijst in.' })
  @ValidateNested({ each: true })
  @Type(() => DirectoryOrganisation)
  organisations: DirectoryOrganisation[];

  @IsArray({ message: 'Vul een lijst in.' })
  @ValidateNested({ each: true })
  @Type(() => DirectoryProfessional)
  professionals: DirectoryProfessional[];
}

/** Reads a directory from its YAML text, all of it or nothing. @throws InvalidDocument that names every wrong part. */
export const readDirectory = (text: string): DirectoryDocument =>
  readDocument('Het adresboek', text, DirectoryDocument, contradictions);

function contradictions({ organisations, professionals }: DirectoryDocument): InvalidParam[] {
  const ids = organisations.map(({ id }) => id);
  const designations = professionals.map(({ subject, organisation }) => `${subject} ${organisation}`);
  return [
    ...ids.flatMap((id, place) =>
      ids.indexOf(id) < place
        ? [{ name: `organisations[${place}].id`, code: 'unique', reason: 'Deze organisatie staat er al.' }]
        : [],
    ),
    ...designations.flatMap((designation, place) =>
      designations.indexOf(designation) < place
        ? [{ name: `professionals[${place}].subject`, code: 'unique', reason: 'Deze persoon staat er al.' }]
        : [],
    ),
    ...professionals.flatMap(({ organisation }, place) =>
      ids.includes(organisation)
        ? []
        : [
            {
              name: `professionals[${place}].organisation`,
              code: 'unknown',
              reason: 'Deze organisatie staat er niet.',
            },
          ],
    ),
    ...professionals.flatMap(({ organisation, location }, place) =>
      location === undefined ||
      organisations.some(
        ({ id, locations = [] }) => id === organisation && locations.some((each) => each.id === location),
      )
        ? []
        : [
            {
              name: `professionals[${place}].location`,
              code: 'unknown',
              reason: 'Deze locatie staat niet bij de organisatie.',
            },
          ],
    ),
    ...professionals.flatMap(({ municipality, roles }, place) =>
      municipality === undefined || roles.includes('process-manager')
        ? []
        : [
            {
              name: `professionals[${place}].municipality`,
              code: 'contradiction',
              reason: 'Alleen een procesmanager heeft een gemeente.',
            },
          ],
    ),
  ];
}
