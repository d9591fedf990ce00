import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, Matches } from 'class-validator';
import { MUNICIPALITY_WARNINGS, type WhyAccept } from './rules/municipalities-to-accept.rule.js';

/** A municipality that is to be accepted by name. */
export class MunicipalityWarningShown {
  @ApiProperty({ example: '0355' }) code: string;
  @ApiProperty() name: string;
  @ApiProperty({ enum: MUNICIPALITY_WARNINGS }) why: WhyAccept;
}

/** What somebody accepts by name. */
export class WithAccepted {
  @ApiPropertyOptional({
    type: [String],
    example: ['0355'],
    description: 'Codes of municipalities with a warning that are accepted by name.',
  })
  @IsOptional()
  @IsArray({ message: 'Vul een lijst in.' })
  @ArrayMaxSize(400, { message: 'Noem ten hoogste 400 gemeenten.' })
  @Matches(/^\d{4}$/, { each: true, message: 'Vul de code van de gemeente in: vier cijfers.' })
  accepted?: string[];
}
