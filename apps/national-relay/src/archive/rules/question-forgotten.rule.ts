const DAYS = 14;

/**
 * A question that nobody answered is forgotten after fourteen days: the archive is told at the moment of filing, and an answer that comes
 * later is of no use to whoever asked.
 * @returns the moment before which a question was asked that is forgotten
 * @source Jeugdwet 7.1.4.6 lid 1
 */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - DAYS * 86_400_000);
