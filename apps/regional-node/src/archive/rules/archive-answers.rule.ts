/**
 * What the archive tells another region where somebody files on the same youth: who had a signal that was archived and when it last ended, each
 * once, whose ended last first; and nothing of which the five years are over, whether or not it has been destroyed yet.
 * @param today `YYYY-MM-DD`
 * @source Jeugdwet 7.1.4.6 lid 1, 7.1.4.5 lid 2
 */
export const archiveAnswers = <Archived extends { professionalId: string; endedAt: Date; destroyOn: string }>(
  archived: readonly Archived[],
  today: string,
): Archived[] => {
  const latestFirst = archived
    .filter(({ destroyOn }) => destroyOn > today)
    .sort((a, b) => b.endedAt.getTime() - a.endedAt.getTime());
  return latestFirst.filter(
    (each, at) =>
      latestFirst.findIndex(({ professionalId }) => professionalId === each.professionalId) === at,
  );
};
