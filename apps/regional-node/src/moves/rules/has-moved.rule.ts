/**
 * A youth has moved when the register names another municipality than is known here. What was not known, or is protected now, is no move.
 * @source Jeugdwet 7.1.2.3 lid 1 sub g
 */
export const hasMoved = (
  before: { municipality: string | null; isProtected: boolean },
  now: { municipality: string | null },
): boolean =>
  !before.isProtected &&
  before.municipality !== null &&
  now.municipality !== null &&
  now.municipality !== before.municipality;
