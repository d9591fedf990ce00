/**
 * What the archive holds on a youth is told once, to somebody who files a signal on that youth, at that moment; never to the earlier
 * reporter, and not what is one's own.
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const archiveTells = <Archived extends { professionalId: string }>(
  archived: readonly Archived[],
  filer: { id: string },
): Archived[] => archived.filter(({ professionalId }) => professionalId !== filer.id);
