import type { RemovalCause } from './removal-cause.rule.js';

/** When and why a signal is removed at the latest. */
export interface Removal {
  removalDate: string;
  removalCause: RemovalCause;
}

/**
 * When the BSN of a youth becomes known, the birth date in the register may bring the 23rd birthday nearer; never is a signal kept longer
 * than was said when it was filed.
 * @param birthday23 day on which the youth is 23 at the latest; undefined when the register knows no birth date
 * @source Jeugdwet 7.1.4.5 lid 1
 */
export const linkedRemoval = (
  { removalDate, removalCause }: Removal,
  birthday23: string | undefined,
): Removal =>
  birthday23 !== undefined && birthday23 <= removalDate
    ? { removalDate: birthday23, removalCause: 'age' }
    : { removalDate, removalCause };
