/** How many questions of one region may be open at another: more than anybody files in a week on youths whom the other has in its archive. */
export const MOST_OPEN = 200;

/** Why a question is not passed on. */
export type AskRefusal = 'no-live-tag' | 'too-many-questions';

/**
 * Only a region with a signal asks what others have in their archives: one that has a tag under the handle that it names, and none of the
 * archive. Of one region so many questions are open at another and no more, so that nobody searches an archive or fills the inbox of who is away.
 * @param own what stands under the handle of the region that asks
 * @param open how many of its questions are open at the region that would be asked; undefined when none would be
 * @source Jeugdwet 7.1.4.6 lid 1; federatieafspraken: archief
 */
export function askRefusal(
  own: { archived: boolean } | undefined,
  open: number | undefined,
): AskRefusal | undefined {
  if (!own || own.archived) return 'no-live-tag';
  return open !== undefined && open >= MOST_OPEN ? 'too-many-questions' : undefined;
}
