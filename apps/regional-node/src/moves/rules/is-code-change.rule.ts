import type { MunicipalityTable } from '#libs/municipalities';

/** A place of residence as the register names it. */
interface Residence {
  municipality: string;
  /** Day of enrolment there, `YYYY-MM-DD`; null when unknown. */
  residenceAsOf: string | null;
}

/**
 * A municipality that merged, was split or got another code gives its youths another code without a move. That is so when the old code
 * ended on or before the day of the new enrolment and leads to the new one, or ended on that very day: a split municipality has several
 * successors, and the table names one at most. A register that names no new day of enrolment says nothing of a move from an ended code.
 * @param today `YYYY-MM-DD`
 * @source Jeugdwet 7.1.2.3 lid 1 sub g; Wet algemene regels herindeling
 */
export function isCodeChange(
  before: Residence,
  now: Residence,
  today: string,
  table: Pick<MunicipalityTable, 'factOf' | 'leadsTo'>,
): boolean {
  const enrolled = newEnrolment(before.residenceAsOf, now.residenceAsOf);
  const day = enrolled ?? today;
  const end = table.factOf(before.municipality)?.end;
  if (end === undefined || end > day) return false;
  return (
    enrolled === undefined || enrolled === end || table.leadsTo(before.municipality, now.municipality, day)
  );
}

/**
 * A municipality may have merged on a 1 January of which the table does not tell yet: also into a code that the table has. Until a newer one
 * is loaded, a new code without a new day of enrolment, or from that very day, is neither a move nor a merger.
 * @param today `YYYY-MM-DD`
 * @source Jeugdwet 7.1.2.3 lid 1 sub g; Wet algemene regels herindeling (a municipality ends on 1 January)
 */
export function mayHaveMerged(
  before: Residence,
  now: Residence,
  today: string,
  table: Pick<MunicipalityTable, 'factOf' | 'isOldOn'>,
): boolean {
  if (!table.isOldOn(today) || table.factOf(before.municipality)?.end !== undefined) return false;
  const enrolled = newEnrolment(before.residenceAsOf, now.residenceAsOf);
  return enrolled === undefined || (enrolled.endsWith('-01-01') && table.isOldOn(enrolled));
}

/** The day of an enrolment later than the one that was known. */
const newEnrolment = (before: string | null, now: string | null): string | undefined =>
  now !== null && (before === null || now > before) ? now : undefined;
