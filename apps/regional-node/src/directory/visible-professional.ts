import { ApiProperty } from '@nestjs/swagger';
import type { Organisation } from './organisation.entity.js';
import type { Professional } from './professional.entity.js';

/** How to reach a professional: what others see after a match, and nothing else. */
export class ProfessionalContact {
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: string;
  @ApiProperty() phone: string;
  @ApiProperty() email: string;
}

/** The same, with the kind of the organisation, by which it is decided who leads. */
export class VisibleProfessional extends ProfessionalContact {
  @ApiProperty() kind: string;
}

export const contactOf = (
  { name, function: role, phone, email }: Professional,
  organisation: Pick<Organisation, 'name'>,
): ProfessionalContact => ({ name, function: role, organisation: organisation.name, phone, email });
