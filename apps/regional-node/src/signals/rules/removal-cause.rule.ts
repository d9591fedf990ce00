/** Why a signal is removed on its removal date. */
export type RemovalCause = 'expired' | 'age';

/**
 * A signal that is removed on the 23rd birthday is removed because of the age, also when its term ends that day: it leaves nothing in the
 * archive.
 * @param birthday23 day on which the youth is 23 at the latest; undefined when the register knows no birth date
 * @source Jeugdwet 7.1.4.5 lid 1
 */
export const removalCause = (removalDate: string, birthday23: string | undefined): RemovalCause =>
  birthday23 !== undefined && birthday23 <= removalDate ? 'age' : 'expired';
