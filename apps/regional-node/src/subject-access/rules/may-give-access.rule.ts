/** The municipalities by which a process manager may have to do with a youth. */
export interface Concerned {
  /** Where the youth lives; null when unknown, and always for a protected address. */
  home: string | null;
  /** Of the organisations that have, or had, a signal on the youth; null for one without. */
  organisations: readonly (string | null)[];
}

/**
 * Says who shows a youth what is kept: the process manager of the municipality that made the agreement with an organisation that filed, or of
 * where the youth lives, since that is where people ask; one of the whole region for everybody.
 * @param own the municipalities for which the process manager acts, null for the whole region; all by the codes that are used today
 * @source Jeugdwet 7.1.2.2 lid 3
 */
export const mayGiveAccess = (own: readonly (string | null)[], { home, organisations }: Concerned): boolean =>
  own.includes(home) || organisations.some((organisation) => answersFor(own, organisation));

/**
 * Says whose signals a college decides about: those of organisations with which it made the agreement, also when the youth lives elsewhere.
 * @param own the municipalities for which the process manager acts, null for the whole region; all by the codes that are used today
 * @source Jeugdwet 7.1.2.2 lid 3
 */
export const answersFor = (own: readonly (string | null)[], organisation: string | null): boolean =>
  own.includes(null) || own.includes(organisation);
