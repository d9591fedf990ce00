import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { MOST_ERRORS } from '#libs/problems';
import { IsBoolean, IsString, MaxLength } from 'class-validator';

export class ImportPeopleRequest {
  @ApiProperty({
    description:
      'CSV with semicolon, comma or tab; the first line names the columns subject, name, function, phone, email, organisation, designated (ja or nee), and location, which may be left out. Names of columns may be Dutch; an organisation or location may be given by its name.',
  })
  @IsString({ message: 'Vul de tekst van het bestand in.' })
  @MaxLength(800_000, { message: 'Gebruik ten hoogste 800.000 tekens.' })
  csv: string;

  @ApiProperty({ type: Boolean, default: false, description: 'Only report what would be done.' })
  @IsBoolean({ message: 'Vul true of false in.' })
  dryRun = false;
}

class WrongField {
  @ApiProperty() name: string;
  @ApiProperty() code: string;
  @ApiProperty({ description: 'For people, in Dutch; it does not repeat what was written.' }) reason: string;
}

export const IMPORT_OUTCOMES = ['added', 'changed', 'unchanged', 'refused'] as const;

export class ImportLine {
  @ApiProperty({ description: 'Number of the line as a spreadsheet counts, the header being 1.' })
  line: number;
  @ApiPropertyOptional({ description: 'Who it is, as the file says; absent when that is wrong.' })
  name?: string;
  @ApiProperty({
    enum: IMPORT_OUTCOMES,
    description:
      'To a coordinator a subject of another organisation is `added` too, which is not entered then; the operator sees it in the logbook.',
  })
  outcome: (typeof IMPORT_OUTCOMES)[number];
  @ApiPropertyOptional({
    type: [WrongField],
    description: `What is wrong; only the first ${MOST_ERRORS} errors of a file are told.`,
  })
  wrong?: WrongField[];
}

export class ImportedPeople {
  @ApiProperty({ description: 'False for a dry run, and when a line was refused: then nothing was done.' })
  imported: boolean;
  @ApiProperty({ type: [ImportLine] }) lines: ImportLine[];
}
