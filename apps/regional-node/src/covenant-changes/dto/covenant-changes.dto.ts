import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { CovenantDocument } from '../../covenant/index.js';
import { DayText } from '../../documents/index.js';
import { MunicipalityWarningShown, WithAccepted } from '../../municipality-warnings/index.js';
import { COVENANT_STATES, type CovenantState } from '../rules/covenant-state.rule.js';

/** A covenant that somebody wrote. */
export class WrittenCovenant {
  @ApiProperty({ description: 'The covenant as YAML, at most 500 000 characters.' })
  @IsString({ message: 'Vul de tekst van het convenant in.' })
  @MaxLength(500_000, { message: 'Gebruik ten hoogste 500.000 tekens.' })
  yaml: string;
}

export class PreviewCovenantRequest extends WrittenCovenant {
  @ApiPropertyOptional({
    format: 'date',
    description: 'The day from which it would be in force; else today.',
  })
  @IsOptional()
  @DayText()
  effectiveFrom?: string;
}

export class ScheduleCovenantRequest extends IntersectionType(WrittenCovenant, WithAccepted) {
  @ApiProperty({
    format: 'date',
    description: 'The day from whose midnight in Amsterdam it is in force, after today.',
  })
  @DayText()
  effectiveFrom: string;
}

class OrganisationShown {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
}

/** An organisation whose kind is not in the table of kinds (Besluit Jeugdwet 7.1.1 to 7.1.7). */
class OtherKindShown {
  @ApiProperty() organisation: string;
  @ApiProperty({ example: 'wijkteam' }) kind: string;
  @ApiPropertyOptional({
    example: 'neighbourhood-team',
    description: 'The kind of the table that it stands for; absent when nobody knows.',
  })
  listedAs?: string;
}

/** A version of the covenant, without what it says. */
export class CovenantVersionShown {
  @ApiProperty() version: number;
  @ApiProperty({ enum: COVENANT_STATES }) state: CovenantState;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
  @ApiPropertyOptional({ format: 'date-time' }) withdrawnAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When what follows from it was begun.' })
  activatedAt?: string;
  @ApiProperty({ description: 'How many organisations signed it.' }) organisations: number;
  @ApiProperty({
    type: [OtherKindShown],
    description:
      'Those of a kind outside the table. They go on in this version; a next one is refused with them.',
  })
  otherKinds: OtherKindShown[];
  @ApiProperty({
    type: [OrganisationShown],
    description: 'Those that would get the right to the BSN: it counts once another operator confirmed it.',
  })
  bsnUnconfirmed: OrganisationShown[];
  @ApiProperty({ description: 'Whether you may confirm that: somebody else scheduled the version.' })
  mayConfirmBsn: boolean;
  @ApiProperty({
    description: 'Whether no other operator can: then the command on the machine of the node does.',
  })
  bsnOnMachine: boolean;
}

export class CovenantVersions {
  @ApiProperty({ type: [CovenantVersionShown], description: 'The newest first.' })
  versions: CovenantVersionShown[];
}

export class CovenantVersionRead extends CovenantVersionShown {
  @ApiProperty({ type: Object }) document: CovenantDocument;
}

export class CheckedCovenant {
  @ApiProperty() name: string;
  @ApiProperty() organisations: number;
  @ApiProperty({
    type: [MunicipalityWarningShown],
    description: 'Municipalities that are to be accepted by name when it is scheduled.',
  })
  warnings: MunicipalityWarningShown[];
  @ApiProperty({ description: 'The covenant as the index writes it.' }) yaml: string;
}

class LeavingOrganisation extends OrganisationShown {
  @ApiProperty({ description: 'Signals of its people that would end.' }) signals: number;
}

class ChangingOrganisation extends OrganisationShown {
  @ApiProperty({ type: [String], example: ['kind'] }) parts: string[];
}

/** Matches of now, by who leads under the covenant in force and who would under the other. Kinds of organisation, never people. */
class ComparedLead {
  @ApiProperty({ example: 'school', description: 'Kind of organisation, or `process-manager`.' }) now: string;
  @ApiProperty({ example: 'process-manager' }) then: string;
  @ApiProperty({ description: 'In how many matches of one youth.' }) matches: number;
}

export class CovenantPreview {
  @ApiProperty({ type: [String], description: 'Parts that differ, but for the organisations.' })
  parts: string[];
  @ApiProperty({ type: [OrganisationShown] }) joining: OrganisationShown[];
  @ApiProperty({ type: [LeavingOrganisation] }) leaving: LeavingOrganisation[];
  @ApiProperty({ type: [ChangingOrganisation] }) changing: ChangingOrganisation[];
  @ApiProperty({
    type: [ComparedLead],
    description:
      'Who would lead in the present matches that this region leads, if they were made today. They keep the covenant under which they were made.',
  })
  leads: ComparedLead[];
  @ApiProperty({
    type: [MunicipalityWarningShown],
    description: 'Municipalities that are to be accepted by name when it is scheduled.',
  })
  warnings: MunicipalityWarningShown[];
}
