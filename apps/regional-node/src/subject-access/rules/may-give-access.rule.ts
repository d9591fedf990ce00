/** The municipalities by which a process manager may have to do with a youth. */
export interface Concerned {
  /** Where the youth lives; null when unknown, and always for a protected address. */
  home: string | null;
  /** Of the organisations that have, or had, a signal on the youth; null for one without. */
  organisations: readonly (string | null)[];
}

/**
 * Says who handles a request of a youth or the parents: the process manager of the municipality that made the agreement with an organisation
 * that filed, or of where the youth lives, since that is where people ask; one of the whole region for everybody.
 * @param municipality the process manager's, null for the whole region
 * @source Jeugdwet 7.1.2.2 lid 3
 */
export const mayGiveAccess = (municipality: string | null, { home, organisations }: Concerned): boolean =>
  municipality === null || municipality === home || organisations.includes(municipality);
