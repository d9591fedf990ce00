import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath, PickType } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { VisibleProfessional } from '../../directory/index.js';
import { REPRESENTATIVES, type Representatives } from '../../person-register/index.js';
import { INFORM_WHOM, type InformWhom } from '../rules/inform-whom.rule.js';
import { YouthByBsn, YouthBySearch, YouthWithoutBsn } from './youth.dto.js';

export const INFORMED = ['yes', 'not-yet'] as const;
/** Whether those were informed whom the law names by age (Jeugdwet 7.1.5.1). It is asked before filing, and not kept. */
export type Informed = (typeof INFORMED)[number];

const MISSING: ValidationOptions = { message: 'Vul in om welke jeugdige het gaat.' };

const youthOf = (options: TypeHelpOptions | undefined): object => {
  const youth: unknown = (options?.object as { youth?: unknown } | undefined)?.youth;
  return typeof youth === 'object' && youth !== null ? youth : {};
};

/** Which youth of the person register: either by BSN or by search, never a mix. */
@ApiExtraModels(YouthByBsn, YouthBySearch)
export class LinkSignalRequest {
  @ApiProperty({ oneOf: [{ $ref: getSchemaPath(YouthByBsn) }, { $ref: getSchemaPath(YouthBySearch) }] })
  @IsObject(MISSING)
  @ValidateNested(MISSING)
  @Type((options) => ('bsn' in youthOf(options) ? YouthByBsn : YouthBySearch))
  youth: YouthByBsn | YouthBySearch;
}

/** Which youth: by BSN, by search, or without BSN, never a mix. */
@ApiExtraModels(YouthByBsn, YouthBySearch, YouthWithoutBsn)
export class PreviewRequest {
  @ApiProperty({
    oneOf: [YouthByBsn, YouthBySearch, YouthWithoutBsn].map((youth) => ({ $ref: getSchemaPath(youth) })),
  })
  @IsObject(MISSING)
  @ValidateNested(MISSING)
  @Type((options) => {
    const youth = youthOf(options);
    if ('bsn' in youth) return YouthByBsn;
    return 'withoutBsn' in youth ? YouthWithoutBsn : YouthBySearch;
  })
  youth: YouthByBsn | YouthBySearch | YouthWithoutBsn;
}

/** A signal to be filed. It has no field for a reason, and other fields are refused (Jeugdwet 7.1.4.3). */
export class FileSignalRequest extends PreviewRequest {
  @ApiProperty({
    enum: INFORMED,
    description: 'Informed before filing, or not yet by an exception in law. It is not kept.',
  })
  @IsIn(INFORMED, { message: 'Beantwoord de vraag of u hebt geïnformeerd.' })
  informed: Informed;

  @ApiPropertyOptional({
    description: 'With `not-yet`: remind the filer, and nobody else, in the own list for six weeks.',
  })
  @IsOptional()
  @IsBoolean({ message: 'Kies of u een herinnering wilt.' })
  remind?: boolean;
}

/** Enough to be sure that this is the right youth. */
export class YouthShown {
  @ApiProperty() name: string;
  @ApiPropertyOptional({
    description: 'As far as the register knows it: a day, a month or a year; absent when it does not.',
    example: '2012-05-12',
  })
  birthDate?: string;
}

/** A signal that the professional has already. */
export class ExistingSignal {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'MN-2026-000123' }) number: string;
  @ApiProperty({ format: 'date' }) removalDate: string;
}

export class SignalPreview {
  @ApiProperty() youth: YouthShown;
  @ApiProperty({ description: 'What others will see of the filer after a match, and nothing else.' })
  othersWillSee: VisibleProfessional;
  @ApiProperty({ enum: INFORM_WHOM, description: 'Whom the law names, by the age of the youth.' })
  informWhom: InformWhom;
  @ApiPropertyOptional({
    enum: REPRESENTATIVES,
    description:
      'Who the legal representatives are, as the person register says; absent when it does not say, when the region may not ask, and from 16.',
  })
  representatives?: Representatives;
  @ApiProperty({ format: 'date' }) removalDate: string;
  @ApiPropertyOptional({
    description: "The professional's own signal on this youth: there is no second one.",
  })
  existing?: ExistingSignal;
}

/** Whether a signal is held; without either member it is shared. */
export class HeldShown {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When it will be shared. Until then it can be undone.',
  })
  sharesAt?: string;
  @ApiPropertyOptional({ description: 'True when it is shared only by its filer, after a restored backup.' })
  waitsForYou?: true;
}

export class FiledSignal extends HeldShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'MN-2026-000123' }) number: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
  @ApiProperty({ format: 'date' }) removalDate: string;
}

/** Who had a signal on the youth before. */
export class EarlierProfessionalShown extends VisibleProfessional {
  @ApiPropertyOptional({ description: 'Name of the other region where it was.' }) region?: string;
  @ApiPropertyOptional({ format: 'date', description: 'When it ended, in another region.' }) endedOn?: string;
}

/** That a youth moved; absent while the address is protected. */
export class YouthMoved {
  @ApiProperty({ description: 'Code of the municipality.', example: '0344' }) municipality: string;
  @ApiProperty({ format: 'date-time', description: 'When this index heard of it.' }) heardAt: string;
}

export class OwnSignal extends HeldShown {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'MN-2026-000123' }) number: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
  @ApiProperty({ format: 'date' }) removalDate: string;
  @ApiPropertyOptional({
    format: 'date',
    description: 'Until when the filer, who asked for it, is reminded to inform those whom the law names.',
  })
  informReminderUntil?: string;
  @ApiPropertyOptional({ description: 'True while the youth has no BSN that is known here.' })
  withoutBsn?: true;
  @ApiPropertyOptional({ description: 'Where the youth moved to after the signal was filed.' })
  moved?: YouthMoved;
  @ApiPropertyOptional({
    description: 'With `expand=youth`: read from the person register just now, or as filed without BSN.',
  })
  youth?: YouthShown;
  @ApiPropertyOptional({ description: 'True when `expand=youth` got no answer from the person register.' })
  youthUnavailable?: true;
}

export class OwnSignals {
  @ApiProperty({ type: [OwnSignal] }) signals: OwnSignal[];
}

export class ListSignalsQuery {
  @ApiPropertyOptional({ enum: ['youth'] })
  @IsOptional()
  @IsIn(['youth'], { message: 'Alleen youth kan worden meegelezen.' })
  expand?: 'youth';
}

export const END_REASONS = ['not-justified', 'risk-gone', 'wrong-youth', 'undone'] as const;
/** Why a professional ends a signal (Jeugdwet 7.1.4.5): it decides about the archive. `undone` only while it is held. */
export type EndReason = (typeof END_REASONS)[number];

/** A signal filed anew: those whom the law names by age are informed again. */
export class RenewSignalRequest extends PickType(FileSignalRequest, ['informed', 'remind']) {}

export class EndSignalRequest {
  @ApiProperty({ enum: END_REASONS })
  @IsIn(END_REASONS, { message: 'Kies waarom het signaal eindigt.' })
  reason: EndReason;
}
