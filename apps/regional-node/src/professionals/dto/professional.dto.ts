import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, IsUUID, ValidateIf } from 'class-validator';
import { SECTORS, type Sector } from '../../covenant/index.js';
import { ROLES, type Role } from '../../directory/index.js';
import { ContactText, EmailAddress, PhoneNumber } from '../../documents/index.js';
import { AbsenceShown } from './absence.dto.js';
import { LocationFields } from './location.dto.js';
import { ContactChangeShown, ContactState } from './contact.dto.js';

/** The fields by which others reach somebody: who sets them decides who reads the mails. */
export const REACHED_BY = ['phone', 'email'] as const;
export type Reached = (typeof REACHED_BY)[number];

/** A field that may be left out, but not emptied with null. */
const MayBeLeftOut = () => ValidateIf((_object, value) => value !== undefined);

export class OwnOrganisation {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty({ description: 'Whether it signed the covenant.' }) signatory: boolean;
  @ApiPropertyOptional({ enum: Object.keys(SECTORS) }) sector?: Sector;
  @ApiPropertyOptional() kind?: string;
  @ApiProperty({ description: 'Whether its people may use the BSN.' }) mayUseBsn: boolean;
  @ApiPropertyOptional({ type: LocationFields, description: 'Where you work.' }) location?: LocationFields;
}

class OrganisationName {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

/** What one is in another organisation. */
export class OtherDesignation {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: OrganisationName;
}

export class ActAsRequest {
  @ApiProperty({ format: 'uuid', description: 'One of your own designations.' })
  @IsUUID(undefined, { message: 'Kies een organisatie.' })
  professional: string;
}

export class Me {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() phone: string;
  @ApiProperty() email: string;
  @ApiProperty() contact: ContactState;
  @ApiProperty({
    ...{ type: [ContactChangeShown] },
    description: 'What others entered, under each of your designations: it counts once you confirm it.',
  })
  contactChanges: ContactChangeShown[];
  @ApiProperty({ enum: ROLES, isArray: true }) roles: Role[];
  @ApiProperty({ description: 'Whether the organisation designated you to file signals.' })
  designated: boolean;
  @ApiPropertyOptional({ description: 'Municipality code of a process manager.' }) municipality?: string;
  @ApiPropertyOptional({ description: 'Your present or next absence.' }) absence?: AbsenceShown;
  @ApiProperty() organisation: OwnOrganisation;
  @ApiProperty({ description: 'Name of the index.' }) covenant: string;
  @ApiProperty({
    ...{
      type: [OtherDesignation],
      description: 'What else you are, in other organisations: see `/me/_act-as`.',
    },
  })
  others: OtherDesignation[];
}

/** One of the organisation's people, after a change. */
export class ChangedColleague {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() phone: string;
  @ApiProperty() email: string;
  @ApiProperty({ enum: ROLES, isArray: true }) roles: Role[];
  @ApiProperty() designated: boolean;
  @ApiPropertyOptional({ description: 'Key of the location where they work.' }) location?: string;
  @ApiProperty({
    enum: REACHED_BY,
    isArray: true,
    description: 'What was changed and waits for their confirmation; the rest of the answer has what counts.',
  })
  unconfirmed: Reached[];
}

/** One of the organisation's people, as the coordinator sees them. */
export class Colleague extends ChangedColleague {
  @ApiProperty() contact: ContactState;
  @ApiPropertyOptional({ description: 'The present or next absence.' }) absence?: AbsenceShown;
  @ApiPropertyOptional({ format: 'date-time', description: 'Until when they may file more than usual.' })
  filingLimitRaisedUntil?: string;
}

export class Colleagues {
  @ApiProperty({ type: [Colleague] }) professionals: Colleague[];
  @ApiProperty({ description: 'From which each has a function, by the covenant.' }) functions: string[];
}

/** A colleague who may stand in for somebody, or take over. */
export class StandIn {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() function: string;
}

export class StandIns {
  @ApiProperty({ type: [StandIn] }) professionals: StandIn[];
}

export class ChangeProfessionalRequest {
  @ApiPropertyOptional({ maxLength: 60 }) @MayBeLeftOut() @ContactText(60) function?: string;
  @ApiPropertyOptional({ maxLength: 20 }) @MayBeLeftOut() @PhoneNumber() phone?: string;
  @ApiPropertyOptional({ maxLength: 100 }) @MayBeLeftOut() @EmailAddress() email?: string;
  @ApiPropertyOptional()
  @MayBeLeftOut()
  @IsBoolean({ message: 'Vul true of false in.' })
  designated?: boolean;
  @ApiPropertyOptional({
    nullable: true,
    type: String,
    description: 'Key of a location of the organisation; null for none.',
  })
  @IsOptional()
  @IsString({ message: 'Kies een locatie.' })
  location?: string | null;
}
