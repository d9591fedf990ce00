import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID, ValidateIf } from 'class-validator';
import { DayText } from '../../documents/index.js';

const COLLEAGUE = { message: 'Kies een collega.' };

export class PlanAbsenceRequest {
  @ApiProperty({ format: 'date', description: 'First day.' }) @DayText() from: string;
  @ApiProperty({ format: 'date', description: 'Last day.' }) @DayText() until: string;
  @ApiPropertyOptional({ format: 'uuid', description: 'The colleague who stands in.' })
  @ValidateIf((_object, value) => value !== undefined)
  @IsUUID(undefined, COLLEAGUE)
  replacement?: string;
}

export class AbsenceShown {
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ format: 'date' }) until: string;
  @ApiPropertyOptional({ format: 'uuid' }) replacement?: string;
}

export class PlannedAbsence extends AbsenceShown {
  @ApiProperty({ description: 'Whether who stands in waits for a second person, because you would.' })
  standInWaits: boolean;
}

export class DepartRequest {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The colleague who takes over the signals. Left out: they end.',
  })
  @ValidateIf((_object, value) => value !== undefined)
  @IsUUID(undefined, COLLEAGUE)
  handOverTo?: string;
}

export class Departed {
  @ApiProperty({ description: 'Signals that a colleague took over.' }) handedOver: number;
  @ApiProperty({ description: 'Signals that ended.' }) ended: number;
  @ApiProperty({
    description: 'Whether nothing was done yet: a second person must agree that you take over.',
  })
  waits: boolean;
}
