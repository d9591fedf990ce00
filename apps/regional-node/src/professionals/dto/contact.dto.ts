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
