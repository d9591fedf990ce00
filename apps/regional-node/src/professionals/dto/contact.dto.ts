import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Whether contact details are right, as far as that is known. */
export class ContactState {
  @ApiProperty({ format: 'date', description: 'When they were last entered or confirmed.' })
  confirmedOn: string;
  @ApiProperty({ format: 'date', description: 'From this day on they are asked for again.' })
  confirmBefore: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When a mail server refused the address for good; gone when it is changed or confirmed.',
  })
  emailRefusedAt?: string;
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Since when the first ones wait for their owner, who files no signals until then.',
  })
  waitsSince?: string;
}

/** Contact details of yours that somebody else entered. */
export class ContactChangeShown {
  @ApiProperty({ format: 'uuid', description: 'Of this change: another one has another id.' }) id: string;
  @ApiProperty({ description: 'Where you work with these contact details.' }) organisation: string;
  @ApiPropertyOptional() phone?: string;
  @ApiPropertyOptional() email?: string;
  @ApiProperty({ enum: ['coordinator', 'operator'] }) changedBy: 'coordinator' | 'operator';
  @ApiProperty({ format: 'date-time' }) changedAt: string;
}

/** Somebody who may not be reached any more. */
export class DoubtedContact extends ContactState {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
  @ApiProperty() organisation: string;
}

export class DoubtedContacts {
  @ApiProperty({ type: [DoubtedContact] }) contacts: DoubtedContact[];
}
