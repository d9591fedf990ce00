import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsObject, Matches, ValidateNested } from 'class-validator';
import { ContactText, PhoneNumber } from '../../documents/index.js';
import { WithAccepted } from '../../municipality-warnings/index.js';

/** A place where people of an organisation work. */
export class LocationFields {
  @ApiProperty({ description: 'Key within the organisation.', example: 'lombok' })
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'Gebruik kleine letters, cijfers en koppeltekens.' })
  id: string;

  @ApiProperty({ maxLength: 60 }) @ContactText(60) name: string;

  @ApiProperty({ description: 'Code of the municipality.', example: '0344' })
  @Matches(/^\d{4}$/, { message: 'Vul de code van de gemeente in: vier cijfers.' })
  municipality: string;

  @ApiProperty({ maxLength: 20 }) @PhoneNumber() phone: string;
}

export const AreLocations = (): PropertyDecorator => (target, property) => {
  IsArray({ message: 'Vul een lijst in.' })(target, property);
  ArrayMaxSize(200, { message: 'Noem ten hoogste 200 locaties.' })(target, property);
  ArrayUnique(({ id }: Partial<LocationFields>) => id, { message: 'Noem elke locatie één keer.' })(
    target,
    property,
  );
  IsObject({ each: true, message: 'Vul een lijst van locaties in.' })(target, property);
  ValidateNested({ each: true })(target, property);
  Type(() => LocationFields)(target, property);
};

/** All locations of an organisation. */
export class OwnLocations {
  @ApiProperty({ type: [LocationFields] }) @AreLocations() locations: LocationFields[];
}

export class SetLocationsRequest extends IntersectionType(OwnLocations, WithAccepted) {}
