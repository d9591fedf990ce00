import type { MunicipalityFact } from './municipality-table.js';

/** Codes of the table that stand for "unknown", "abroad" and the like. */
const NO_MUNICIPALITY = ['0000', '0997', '0998', '0999', '1999'];
const COLUMNS = ['92.10', '92.11', '92.12', '99.98', '99.99'] as const;
const MOST_ROWS = 5_000;

/** A text that is not table 33, with the line where that shows. */
export class NoTable33 extends Error {
  override name = 'NoTable33';
}

/**
 * Reads the official table 33 of municipalities: CSV with a header, columns code, name, new code, begin and end, days as `YYYYMMDD`.
 * Codes that stand for no municipality are left out.
 * @throws NoTable33
 */
export function readTable33(csv: string): MunicipalityFact[] {
  const [header = [], ...rows] = records(csv.replace(/^\uFEFF/, ''));
  const places = COLUMNS.map((column) => header.findIndex((cell) => cell.startsWith(column)));
  if (places.includes(-1)) throw new NoTable33(`line 1 must name the columns ${COLUMNS.join(', ')}`);
  if (rows.length > MOST_ROWS) throw new NoTable33(`there are more than ${MOST_ROWS} lines`);
  const facts = new Map<string, MunicipalityFact>();
  rows.forEach((row, place) => {
    const at = `line ${place + 2}`;
    const [code = '', name = '', successor = '', begin = '', end = ''] = places.map((column) =>
      (row[column] ?? '').trim(),
    );
    if (!/^\d{4}$/.test(code)) throw new NoTable33(`${at} has no code of four digits`);
    if (!/^[\p{L}\p{M}0-9 '’().,/-]{1,80}$/u.test(name)) throw new NoTable33(`${at} has no name`);
    if (successor !== '' && !/^\d{4}$/.test(successor))
      throw new NoTable33(`${at} has a new code that is not of four digits`);
    if (facts.has(code)) throw new NoTable33(`${at} repeats code ${code}`);
    if (NO_MUNICIPALITY.includes(code)) return;
    facts.set(code, {
      ...{ code, name },
      ...(begin === '' ? {} : { begin: dayOf(begin, at) }),
      ...(end === '' ? {} : { end: dayOf(end, at) }),
      ...(successor === '' ? {} : { successor }),
    });
  });
  for (const { code, successor, end } of facts.values()) {
    if (successor !== undefined && !facts.has(successor))
      throw new NoTable33(`the new code of ${code} is not in the table`);
    if (successor !== undefined && end === undefined)
      throw new NoTable33(`code ${code} has a new code and no end`);
  }
  if (facts.size === 0) throw new NoTable33('there is no municipality in it');
  return [...facts.values()].sort((a, b) => a.code.localeCompare(b.code));
}

/** Reads the bytes of a file, which the register's publisher writes in UTF-16, UTF-8 or Windows-1252. */
export function textOfTable33(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function dayOf(text: string, at: string): string {
  const [, ...parts] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0] = parts.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (parts.length === 0 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    throw new NoTable33(`${at} has a day that is not YYYYMMDD`);
  return parts.join('-');
}

/** The cells of each line, by commas or semicolons, with or without quotes. */
function records(csv: string): string[][] {
  const lines = csv.split(/\r?\n/).filter((line) => line.trim() !== '');
  const separator = /^("[^"]*"|[^,;]*)(.)/.exec(lines[0] ?? '')?.[2] === ';' ? ';' : ',';
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}"]*))(?:${separator}|$)`, 'y');
  return lines.map((line, place) => {
    const cells: string[] = [];
    cell.lastIndex = 0;
    while (cell.lastIndex < line.length) {
      const found = cell.exec(line);
      if (!found) throw new NoTable33(`line ${place + 1} has text beside its quotes`);
      cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    }
    return cells;
  });
}
