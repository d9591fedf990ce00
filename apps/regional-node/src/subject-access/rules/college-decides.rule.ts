/**
 * Decides, per signal, whose college decides about it: the one that made the agreement with the organisation of its filer, also when the
 * youth lives elsewhere. Access, erasure and the archive all go by this rule.
 * @param own the municipalities for which the process manager acts, null for the whole region; all by the codes that are used today
 * @param organisation the municipality of the filer's organisation, by the code that is used today; null for one without
 * @source Jeugdwet 7.1.2.2 lid 3
 */
export const collegeDecides = (own: readonly (string | null)[], organisation: string | null): boolean =>
  own.includes(null) || own.includes(organisation);
