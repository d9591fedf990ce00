import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Organisation, OrganisationLocation } from './organisation.entity.js';
import type { Professional } from './professional.entity.js';

/** How to reach a professional: what others see after a match, and nothing else. */
export class ProfessionalContact {
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: string;
  @ApiProperty() phone: string;
  @ApiProperty() email: string;
  @ApiPropertyOptional({ description: 'The location of the organisation where they work.' })
  location?: string;
  @ApiPropertyOptional({ description: 'Telephone of that location.' }) locationPhone?: string;
}

/** The same, with the kind of the organisation, by which it is decided who leads. */
export class VisibleProfessional extends ProfessionalContact {
  @ApiProperty() kind: string;
}

export const contactOf = (
  professional: Professional,
  organisation: Pick<Organisation, 'name' | 'locations'>,
): ProfessionalContact => {
  const { name, function: role, phone, email } = professional;
  const location = locationOf(professional, organisation);
  return {
    ...{ name, function: role, organisation: organisation.name, phone, email },
    ...(location ? { location: location.name, locationPhone: location.phone } : {}),
  };
};

/** The location where somebody works; undefined for none. */
export const locationOf = (
  { locationId }: Pick<Professional, 'locationId'>,
  { locations }: Pick<Organisation, 'locations'>,
): OrganisationLocation | undefined => locations.find(({ id }) => id === locationId);
