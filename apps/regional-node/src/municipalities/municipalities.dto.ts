import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { DayText } from '../documents/index.js';

export class MunicipalityShown {
  @ApiProperty({ example: '0344' }) code: string;
  @ApiProperty() name: string;
}

/** A code of which the screens' own list does not know, or not that it ended. */
export class MunicipalityNews extends MunicipalityShown {
  @ApiProperty({ description: 'Whether the code is in use today.' }) inUse: boolean;
}

export class MunicipalityNewsList {
  @ApiProperty({ type: [MunicipalityNews] }) municipalities: MunicipalityNews[];
}

/** The table by which the node goes, for its operator. */
export class MunicipalityTableState {
  @ApiProperty({ format: 'date', description: 'The day of which the table tells.' }) asOf: string;
  @ApiProperty({ description: 'Whether a 1 January has come since: load a newer one.' }) old: boolean;
  @ApiProperty({ description: 'How many municipalities there are today.' }) inUse: number;
  @ApiProperty({
    type: [String],
    description: 'Codes of the person register and the directory that the table lacks.',
  })
  unknown: string[];
}

export class LoadMunicipalitiesRequest {
  @ApiProperty({ description: 'Table 33 as CSV: code, name, new code, begin and end (YYYYMMDD).' })
  @IsString({ message: 'Vul de tekst van de tabel in.' })
  @MaxLength(800_000, { message: 'Gebruik ten hoogste 800.000 tekens.' })
  csv: string;

  @ApiProperty({ format: 'date', description: 'The day on which the table was published.' })
  @DayText()
  asOf: string;
}
