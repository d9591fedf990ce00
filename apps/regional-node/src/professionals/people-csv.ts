import { PickType } from '@nestjs/swagger';
import { invalidParamsOf, type InvalidParam } from '#libs/problems';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsNotEmpty, validateSync } from 'class-validator';
import { CsvError, parse } from 'csv-parse/sync';
import { DirectoryProfessional } from './directory-document.js';
import { LACKS_ZEROS, lacksZeros, problemIn, restorePhone, tidy } from './people-cells.js';

const OF_DIRECTORY = ['subject', 'name', 'function', 'phone', 'email'] as const;

/** Somebody on a line of the file. */
export class PersonOnLine extends PickType(DirectoryProfessional, OF_DIRECTORY) {
  /** Key or name of the organisation. */
  @IsNotEmpty({ message: 'Vul een tekst in.' }) organisation: string;
  /** Key or name of a location of the organisation, or empty for none; undefined when the file has no such column. */
  location?: string;
  @IsIn(['ja', 'nee'], { message: 'Vul ja of nee in.' }) designated: 'ja' | 'nee';
}

type Column = keyof PersonOnLine;

/** What a column may be called, in whatever case and order; its English and its Dutch name first. */
const NAMES: Readonly<Record<Column, readonly [english: string, dutch: string, ...others: string[]]>> = {
  subject: ['subject', 'inlognaam', 'kenmerk'],
  name: ['name', 'naam'],
  function: ['function', 'functie'],
  phone: ['phone', 'telefoon', 'telephone', 'telefoonnummer'],
  email: ['email', 'e-mail', 'e-mailadres', 'emailadres', 'mail'],
  organisation: ['organisation', 'organisatie', 'organization'],
  designated: ['designated', 'aangewezen'],
  location: ['location', 'locatie'],
};
const COLUMNS = Object.keys(NAMES) as Column[];
const COLUMN_OF = new Map(COLUMNS.flatMap((column) => NAMES[column].map((name) => [name, column])));
const REQUIRED = COLUMNS.filter((column) => column !== 'location');

/** How people, and spreadsheets for a tick, say yes and no. */
const YES_NO = new Map([
  ...['ja', 'yes', 'waar', 'true'].map((yes) => [yes, 'ja'] as const),
  ...['nee', 'no', 'onwaar', 'false'].map((no) => [no, 'nee'] as const),
]);

export const MOST_PEOPLE = 2_000;
/** Most lines that are read at all: of people, and those that a spreadsheet left empty. */
const MOST_ROWS = 10_000;

const HEADER =
  'Begin met een regel met deze kolommen: inlognaam, naam, functie, telefoon, e-mail, organisatie, aangewezen; locatie mag erbij.';

/** A line of the file, the header being the first one, with what is wrong on it. */
export interface ReadLine {
  /** As a spreadsheet counts: a cell with line breaks is one line. */
  line: number;
  person: PersonOnLine;
  wrong: InvalidParam[];
}

/** The file is no CSV with these columns. */
export class NoPeopleCsv extends Error {
  override name = 'NoPeopleCsv';

  /** @param reasons what to do about it, in Dutch */
  constructor(readonly reasons: readonly { code: string; reason: string }[]) {
    super(reasons.map(({ code }) => code).join(', '));
  }
}

const refusal = (code: string, reason: string): NoPeopleCsv => new NoPeopleCsv([{ code, reason }]);
const TOO_LONG = refusal('length', `Voer ten hoogste ${MOST_PEOPLE} mensen tegelijk in.`);

/**
 * Reads people from CSV (RFC 4180) as spreadsheets write it: the header tells the separator, and empty rows, dropped zeros and names of
 * columns in either language are understood. Each line is checked when it is asked for, so that others can have their turn in between.
 * @throws NoPeopleCsv
 */
export function* readPeople(csv: string): Generator<ReadLine, void> {
  const [header, ...rows] = rowsOf(csv);
  if (!header) throw refusal('empty', `Het bestand noemt niemand. ${HEADER}`);
  const columns = columnsOf(header.cells);
  if (rows.length === 0) throw refusal('empty', `Het bestand noemt niemand. ${HEADER}`);
  if (rows.length > MOST_PEOPLE) throw TOO_LONG;
  const subject = columns.indexOf('subject');
  const withZeros = rows.map(({ cells }) => tidy(cells[subject] ?? '')).filter((text) => /^0\d+$/.test(text));
  const longest = withZeros.sort((a, b) => b.length - a.length).slice(0, 1);
  for (const row of rows) {
    const line = lineOf(row, columns);
    if (lacksZeros(line.person.subject, longest)) line.wrong.push({ name: 'subject', ...LACKS_ZEROS });
    yield line;
  }
}

/** Whether a text has more lines, counted without taking it apart. */
function hasMoreLines(csv: string, most: number): boolean {
  let lines = 0;
  for (let at = 0; at < csv.length && lines <= most; at += 1)
    if (csv[at] === '\n' || (csv[at] === '\r' && csv[at + 1] !== '\n')) lines += 1;
  return lines > most;
}

interface Row {
  line: number;
  cells: string[];
}

/** The rows with something in them. */
function rowsOf(csv: string): Row[] {
  // a spreadsheet is not CSV, and a text has no zeros
  if (csv.includes('\0'))
    throw refusal(
      'format',
      'Dit is geen CSV-bestand. Bewaar het rekenblad als CSV UTF-8 en kies dat bestand.',
    );
  if (hasMoreLines(csv, MOST_ROWS)) throw TOO_LONG;
  const { text, separator } = separated(csv.replace(/^\ufeff/, ''));
  let rows: string[][];
  try {
    rows = parse(text, {
      ...{ delimiter: separator, record_delimiter: ['\r\n', '\n', '\r'] },
      ...{ trim: true, relax_column_count: true },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error['records']) + 1;
    throw refusal(
      'quote',
      `Op regel ${line} klopt een aanhalingsteken niet. Zet er twee of geen om een cel.`,
    );
  }
  return rows
    .map((cells, at) => ({ line: at + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => tidy(cell) !== ''));
}

/** The separator that a first line `sep=;` tells, which a spreadsheet does not count; else the one of which the header has most. */
function separated(csv: string): { text: string; separator: string } {
  const told = /^"?sep=([;,\t])"?[;,\t]*(?:\r\n|\n|\r|$)/i.exec(csv);
  if (told) return { text: csv.slice(told[0].length), separator: told[1]! };
  const header = /[^\r\n]+/.exec(csv)?.[0] ?? '';
  const [separator] = [';', ',', '\t'].sort((a, b) => header.split(b).length - header.split(a).length);
  return { text: csv, separator: separator! };
}

/** The column of each cell of the header; undefined for a cell without a name. */
function columnsOf(header: readonly string[]): (Column | undefined)[] {
  const titles = header.map((cell) => tidy(cell).toLowerCase());
  const columns = titles.map((title) => COLUMN_OF.get(title));
  if (columns.every((column) => column === undefined)) throw refusal('header', HEADER);
  const unknown = titles.flatMap((title, at) => (title && !columns[at] ? [titled(title, at)] : []));
  // in the language that the other columns have
  const english = titles.some((title) => COLUMNS.some((column) => NAMES[column][0] === title));
  const spoken = (column: Column) => NAMES[column][english ? 0 : 1];
  const missing = REQUIRED.filter((column) => !columns.includes(column)).map(spoken);
  const doubled = COLUMNS.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column)).map(
    spoken,
  );
  const reasons = [
    ...(unknown.length > 0
      ? [
          {
            code: 'unknownColumn',
            reason: `Deze kolommen kent de verwijsindex niet: “${unknown.join(', ')}”. Haal ze weg.`,
          },
        ]
      : []),
    ...(missing.length > 0
      ? [{ code: 'missingColumn', reason: `Deze kolommen ontbreken: “${missing.join(', ')}”.` }]
      : []),
    ...(doubled.length > 0
      ? [
          {
            code: 'doubledColumn',
            reason: `Deze kolommen staan er meer dan één keer: “${doubled.join(', ')}”.`,
          },
        ]
      : []),
  ];
  if (reasons.length > 0) throw new NoPeopleCsv(reasons);
  return columns;
}

/** What a column is called: the letter that a spreadsheet gives it, and its title when that is a word and no datum. */
function titled(title: string, at: number): string {
  const letter = at < 26 ? String.fromCharCode(65 + at) : `${at + 1}`;
  return /^\p{L}[\p{L} ._-]{0,29}$/u.test(title) ? `${letter} (${title})` : letter;
}

function lineOf({ line, cells }: Row, columns: readonly (Column | undefined)[]): ReadLine {
  const wrong: InvalidParam[] = [];
  const values: Partial<Record<Column, string>> = {};
  for (const [at, column] of columns.entries()) {
    if (!column) continue;
    // a spreadsheet leaves separators of empty cells at the end of a line out
    const raw = cells[at] ?? '';
    values[column] = valueOf(column, tidy(raw));
    const problem = problemIn(column, raw, values[column]);
    if (problem) wrong.push({ name: column, ...problem });
  }
  const person = plainToInstance(PersonOnLine, values);
  if (cells.some((cell, at) => !columns[at] && tidy(cell) !== '')) {
    const reason =
      'Hier staat iets buiten de kolommen. Zet een cel met een scheidingsteken erin tussen aanhalingstekens.';
    return { line, person, wrong: [{ name: 'line', code: 'cells', reason }] };
  }
  const told = wrong.map(({ name }) => name);
  const invalid = invalidParamsOf(validateSync(person)).filter(({ name }) => !told.includes(name));
  return { line, person, wrong: [...wrong, ...invalid] };
}

function valueOf(column: Column, cell: string): string {
  if (column === 'phone') return restorePhone(cell);
  if (column === 'designated') return YES_NO.get(cell.toLowerCase()) ?? cell;
  return cell;
}
