const DAYS = 14;

/**
 * What the archive holds on a youth is told once, to somebody who files a signal on that youth, and can be read for fourteen days from
 * then; never by the earlier reporter, and not what is one's own or ended after the filing.
 * @param filed when, and ids of all designations of the filer
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const archiveTells = <Archived extends { professionalId: string; endedAt: Date }>(
  archived: readonly Archived[],
  filed: { by: readonly string[]; filedAt: Date },
  now: Date,
): Archived[] =>
  now.getTime() - filed.filedAt.getTime() >= DAYS * 86_400_000
    ? []
    : archived.filter(
        ({ professionalId, endedAt }) => !filed.by.includes(professionalId) && endedAt <= filed.filedAt,
      );
