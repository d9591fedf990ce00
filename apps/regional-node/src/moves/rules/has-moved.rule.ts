import { isMunicipalityCode } from '#libs/bsn';

/**
 * A youth has moved when the register names another municipality than is known here. What was not known, or is protected now, is no move;
 * codes for "abroad" and "unknown" are no municipality.
 * @source Jeugdwet 7.1.2.3 lid 1 sub g; BRP table 33 (codes 0000 and 1999)
 */
export const hasMoved = (
  before: { municipality: string | null; isProtected: boolean },
  now: { municipality: string | null },
): boolean =>
  !before.isProtected &&
  before.municipality !== null &&
  now.municipality !== null &&
  now.municipality !== before.municipality &&
  isMunicipalityCode(before.municipality) &&
  isMunicipalityCode(now.municipality);
