import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsObject,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { Role } from '../directory/index.js';
import { ContactText, EmailAddress, PersonName, PhoneNumber } from '../documents/index.js';
import type { OperatorProposal } from './operator-proposal.entity.js';
import { MunicipalityWarningShown, WithAccepted } from '../municipality-warnings/index.js';

/** Roles to which an operator appoints. */
export const APPOINTED_ROLES = [
  'process-manager',
  'coordinator',
  'operator',
] as const satisfies readonly Role[];
export type AppointedRole = (typeof APPOINTED_ROLES)[number];

export const NO_SUBJECT = 'Vul het kenmerk van de inlogvoorziening in.';
const MUNICIPALITY = { message: 'Kies een gemeente.' };
const PERSON = { message: 'Kies iemand.' };

const Subject =
  (): PropertyDecorator =>
  (target, property): void => {
    ApiProperty({ description: 'Identifier at the provider of the login.', maxLength: 255 })(
      target,
      property,
    );
    // of a further provider: its id comes first
    Matches(/^([a-z][a-z0-9-]{0,30} )?[\x21-\x7e]+$/, {
      message: NO_SUBJECT,
    })(target, property);
    MaxLength(255, { message: 'Gebruik ten hoogste 255 tekens.' })(target, property);
  };

/** Somebody whom the directory does not know yet. */
export class NewPerson {
  @Subject() subject: string;

  @ApiProperty({ maxLength: 80 }) @PersonName() name: string;
  @ApiProperty({ maxLength: 60 }) @ContactText(60) function: string;
  @ApiProperty({ maxLength: 20 }) @PhoneNumber() phone: string;
  @ApiProperty({ maxLength: 100 }) @EmailAddress() email: string;

  @ApiProperty({ description: 'Key of the organisation.' })
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'Kies een organisatie.' })
  organisation: string;
}

export class AppointRequest extends WithAccepted {
  @ApiProperty({ enum: APPOINTED_ROLES })
  @IsIn(APPOINTED_ROLES, { message: 'Kies een rol.' })
  role: AppointedRole;

  @ApiPropertyOptional({ format: 'uuid', description: 'Somebody in the directory; or `person`.' })
  @ValidateIf(
    ({ person, professional }: AppointRequest) => person === undefined || professional !== undefined,
  )
  @IsUUID(undefined, PERSON)
  professional?: string;

  @ApiPropertyOptional({ type: NewPerson })
  @IsOptional()
  @IsObject(PERSON)
  @ValidateNested()
  @Type(() => NewPerson)
  person?: NewPerson;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '0344',
    description: 'Of a process manager: null only in a covenant without municipalities.',
  })
  @IsOptional()
  @Matches(/^\d{4}$/, MUNICIPALITY)
  municipality?: string | null;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Of a process manager: another one, who acts for the municipality too.',
  })
  @IsOptional()
  @IsUUID(undefined, PERSON)
  deputy?: string;
}

export class ChangeProcessManagerRequest extends WithAccepted {
  @ApiPropertyOptional({ example: '0344' })
  @ValidateIf((_object, value) => value !== undefined)
  @Matches(/^\d{4}$/, MUNICIPALITY)
  municipality?: string;

  @ApiPropertyOptional({ format: 'uuid', type: String, nullable: true, description: 'Null for none.' })
  @IsOptional()
  @IsUUID(undefined, PERSON)
  deputy?: string | null;
}

export class DismissRequest extends WithAccepted {
  @ApiProperty({ enum: APPOINTED_ROLES })
  @IsIn(APPOINTED_ROLES, { message: 'Kies een rol.' })
  role: AppointedRole;
}

export class ChangeLoginRequest {
  @Subject() subject: string;
}

export class LoginChangeDone {
  @ApiProperty({ description: 'Whether another operator has to confirm it.' }) proposed: boolean;
}

/** Somebody in the directory, as the operator chooses among them. */
export class PersonShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() organisation: string;
}

class Appointee extends PersonShown {
  @ApiProperty({ enum: APPOINTED_ROLES }) role: AppointedRole;
  @ApiPropertyOptional({ description: 'Of a process manager, as stored.' }) municipality?: string;
  @ApiPropertyOptional({ description: 'The code that is used today, where it is another one.' })
  presentMunicipality?: string;
  @ApiPropertyOptional({ type: PersonShown }) deputy?: PersonShown;
}

class ProposalShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ['appoint', 'dismiss', 'change-login'] }) kind: OperatorProposal['kind'];
  @ApiProperty({ type: PersonShown }) person: PersonShown;
  @ApiPropertyOptional({ description: 'Of a change of login: the new identifier.' }) subject?: string;
  @ApiProperty({ type: PersonShown }) proposedBy: PersonShown;
  @ApiProperty({ format: 'date-time' }) proposedAt: string;
  @ApiProperty({ description: 'Whether you may confirm it: somebody else proposed it.' }) mayConfirm: boolean;
  @ApiProperty({
    description: 'Whether no other operator can: then the command on the machine of the node does.',
  })
  onMachine: boolean;
}

class OrganisationShown {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'From which its people have one, by the covenant.' }) functions: string[];
}

export class AppointmentsShown {
  @ApiProperty({ type: [Appointee] }) appointments: Appointee[];
  @ApiProperty({ type: [ProposalShown], description: 'What waits for the second pair of eyes.' })
  proposals: ProposalShown[];
  @ApiProperty({ type: [MunicipalityWarningShown], description: 'Of the covenant in force.' })
  warnings: MunicipalityWarningShown[];
  @ApiProperty({ type: [PersonShown], description: 'Everybody who may be appointed.' }) people: PersonShown[];
  @ApiProperty({ type: [OrganisationShown] }) organisations: OrganisationShown[];
}
