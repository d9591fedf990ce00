import { PickType } from '@nestjs/swagger';
import { invalidParamsOf, type InvalidParam } from '#libs/problems';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsOptional, Matches, validateSync } from 'class-validator';
import { CsvError, parse } from 'csv-parse/sync';
import { DirectoryProfessional } from './directory-document.js';

const OF_DIRECTORY = ['subject', 'name', 'function', 'phone', 'email', 'organisation'] as const;

/** Somebody on a line of the file. */
export class PersonOnLine extends PickType(DirectoryProfessional, OF_DIRECTORY) {
  /** Key of a location of the organisation, or empty for none; undefined when the file has no such column. */
  @IsOptional()
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/, { message: 'Gebruik kleine letters, cijfers en koppeltekens.' })
  location?: string;
  @IsIn(['ja', 'nee'], { message: 'Vul ja of nee in.' }) designated: 'ja' | 'nee';
}

/** The columns of the file, in any order. */
export const COLUMNS = [...OF_DIRECTORY, 'designated'] as const;
/** A column that may be left out. */
const LOCATION = 'location';

const HEADER = `Begin met een regel met precies deze kolommen: ${COLUMNS.join(', ')}; ${LOCATION} mag erbij.`;

/** A line of the file, the header being the first one, with what is wrong on it. */
export interface ReadLine {
  line: number;
  person: PersonOnLine;
  wrong: InvalidParam[];
}

/** The file is no CSV with these columns. */
export class NoPeopleCsv extends Error {
  override name = 'NoPeopleCsv';
}

/**
 * Reads people from CSV (RFC 4180), as spreadsheets write it: with comma or semicolon, with or without byte order mark.
 * @throws NoPeopleCsv with what to do about it, in Dutch
 */
export function readPeople(csv: string): ReadLine[] {
  const rows = rowsOf(csv);
  if (rows.length === 0) throw new NoPeopleCsv(`Het bestand noemt niemand. ${HEADER}`);
  return rows.map(({ info, record }) => {
    const person = plainToInstance(PersonOnLine, record);
    return { line: info.lines, person, wrong: invalidParamsOf(validateSync(person)) };
  });
}

interface Row {
  info: { lines: number };
  record: Record<string, string>;
}

function rowsOf(csv: string): Row[] {
  let columns = 0;
  try {
    return parse(csv, {
      ...{ bom: true, delimiter: [',', ';'], info: true, skip_empty_lines: true, trim: true },
      columns: (header: string[]) => {
        const missing = COLUMNS.filter((column) => !header.includes(column));
        const unknown = header.some(
          (column) => !([...COLUMNS, LOCATION] as readonly string[]).includes(column),
        );
        if (missing.length > 0 || unknown || new Set(header).size < header.length)
          throw new NoPeopleCsv(HEADER);
        columns = header.length;
        return header;
      },
    }) as unknown as Row[];
  } catch (error) {
    if (error instanceof CsvError)
      throw new NoPeopleCsv(
        `Regel ${typeof error['lines'] === 'number' ? error['lines'] : '?'} is geen regel met ${columns || COLUMNS.length} kolommen.`,
      );
    throw error;
  }
}
