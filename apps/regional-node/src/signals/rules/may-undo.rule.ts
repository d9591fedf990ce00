/**
 * A signal can be undone while it is held. Once it is shared others may know of it, and it ends like any other, for a reason of the law.
 * @source AVG 5 lid 1 sub d (correction of what is not right); Jeugdwet 7.1.4.6 (nothing of it in the archive)
 */
export const mayUndo = ({ sharedAt }: { sharedAt: Date | null }): boolean => sharedAt === null;
