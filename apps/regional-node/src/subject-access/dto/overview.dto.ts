import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBsn } from '../../youths/index.js';

/** Whom a request is about. The process manager has established that whoever asks may do so. */
export class SubjectAccessRequest {
  @ApiProperty({ description: 'BSN of the youth.' })
  @IsBsn()
  bsn: string;
}

class FilerShown {
  @ApiProperty() name: string;
  @ApiProperty() function: string;
  @ApiProperty() organisation: string;
}

export class KeptSignal extends FilerShown {
  @ApiProperty({ example: 'MN-2026-000001' }) number: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
  @ApiProperty({ format: 'date', description: 'When it is removed at the latest.' }) removalDate: string;
}

export class ArchivedSignalShown extends FilerShown {
  @ApiProperty() number: string;
  @ApiProperty({ format: 'date-time' }) filedAt: string;
  @ApiProperty({ format: 'date-time' }) endedAt: string;
  @ApiProperty({ format: 'date', description: 'When it is destroyed at the latest.' }) destroyOn: string;
}

class Recipient {
  @ApiProperty() organisation: string;
  @ApiProperty() region: string;
}

class LogbookLine {
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty({ example: 'signal-filed' }) action: string;
  @ApiProperty() signal: string;
  @ApiPropertyOptional({ description: 'Of whoever did it; absent when the program did.' })
  organisation?: string;
}

/** What this region keeps about a youth, for the youth or the parents to read. */
export class SubjectAccessOverview {
  @ApiProperty({ type: [KeptSignal] }) signals: KeptSignal[];
  @ApiProperty({ type: [ArchivedSignalShown] }) archived: ArchivedSignalShown[];
  @ApiProperty({
    type: [Recipient],
    description: 'Of other regions, with a signal on the same youth: they were told who filed here.',
  })
  recipients: Recipient[];
  @ApiProperty({ type: [LogbookLine], description: 'The oldest first.' }) logbook: LogbookLine[];
}
