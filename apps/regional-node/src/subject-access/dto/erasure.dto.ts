import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { DayText } from '../../documents/index.js';
import { YouthShown } from '../../signals/index.js';
import { ArchivedSignalShown, KeptSignal, SubjectAccessRequest } from './overview.dto.js';

/** A signal on a youth who lives here, about which another college decides. */
export class KeptElsewhere {
  @ApiProperty() number: string;
  @ApiProperty() organisation: string;
  @ApiPropertyOptional({ description: 'Name of the municipality whose college decides; absent for none.' })
  municipality?: string;
}

/** What an erasure takes, and whom it is about: to compare with the decision before it is done. */
export class ErasurePreview {
  @ApiPropertyOptional({
    description: 'As the person register names the youth; absent when nothing goes, or it names nobody.',
  })
  youth?: YouthShown;
  @ApiProperty({ type: [KeptSignal], description: 'They end.' }) signals: KeptSignal[];
  @ApiProperty({ type: [ArchivedSignalShown], description: 'They are destroyed.' })
  archived: ArchivedSignalShown[];
  @ApiProperty({
    type: [KeptElsewhere],
    description: 'These stay: another college decides about them. Empty unless the youth lives here.',
  })
  elsewhere: KeptElsewhere[];
  @ApiPropertyOptional({
    description:
      'To send with the act, within 15 minutes and while nothing changes; absent when nothing goes.',
  })
  preview?: string;
}

/** An erasure as the college decided it, of exactly what its preview showed. */
export class ErasureRequest extends SubjectAccessRequest {
  @ApiProperty({ format: 'date', description: 'Day of the decision: today or earlier.' })
  @DayText()
  decidedOn: string;

  @ApiProperty({ description: 'The `preview` of the answer that showed what goes.', maxLength: 500 })
  @IsString({ message: 'Bekijk eerst wat er wordt gewist.' })
  @MaxLength(500, { message: 'Bekijk eerst wat er wordt gewist.' })
  preview: string;
}
