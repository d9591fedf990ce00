import { absentOn } from './absent-on.rule.js';

/** An absence as the rule sees it. */
export interface PlannedAbsence {
  professionalId: string;
  from: string;
  until: string;
  replacementId: string | null;
}

/**
 * Names who stands in for somebody on a day: the replacement of an absence that covers it, unless that one is absent as well.
 * @param day `YYYY-MM-DD`, in Amsterdam
 * @source Jeugdwet 7.1.3.3
 */
export function standInFor(
  professionalId: string,
  absences: readonly PlannedAbsence[],
  day: string,
): string | undefined {
  const absenceOf = (id: string) => absences.find((absence) => absence.professionalId === id);
  const absence = absenceOf(professionalId);
  if (!absence?.replacementId || !absentOn(absence, day)) return undefined;
  return absentOn(absenceOf(absence.replacementId), day) ? undefined : absence.replacementId;
}
