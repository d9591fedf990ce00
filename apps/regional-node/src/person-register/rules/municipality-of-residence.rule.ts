import { isMunicipalityCode } from '#libs/bsn';

/** What the person register says about where somebody lives. */
export interface RegisteredResidence {
  /** Code of the municipality (table 33 of the register). */
  municipality: string | undefined;
  /** Kind of residence (`verblijfplaats.type`), where it was delivered. */
  kind?: string | undefined;
  /** Reason for which the municipality no longer keeps the record up to date (`opschortingBijhouding.reden.code`). */
  suspension?: string | undefined;
}

/** Residences outside every municipality. */
const NO_RESIDENCE_HERE = ['VerblijfplaatsBuitenland', 'VerblijfplaatsOnbekend'];
/** Suspended because of emigration (E), or because the record was made in the RNI (R). */
const ABROAD = ['E', 'R'];

/**
 * Names the municipality where somebody lives; undefined abroad and when it is unknown. A code of the register that stands for "none" is
 * never taken for a municipality.
 * @source Jeugdwet 7.1.2.3 lid 1 sub g; BRP table 33 (codes 0000 and 1999)
 */
export const municipalityOfResidence = ({
  municipality,
  kind,
  suspension,
}: RegisteredResidence): string | undefined =>
  municipality === undefined ||
  !isMunicipalityCode(municipality) ||
  (kind !== undefined && NO_RESIDENCE_HERE.includes(kind)) ||
  (suspension !== undefined && ABROAD.includes(suspension))
    ? undefined
    : municipality;
