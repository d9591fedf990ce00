import type { Sector } from '../sectors.js';
import { FORMER_KINDS, ORGANISATION_KINDS, type OrganisationKind } from './organisation-kinds.js';

/** What is wrong with an organisation as it would sign. */
export type CategoryFault = 'kind' | 'sector' | 'bsn' | 'national';

/** The kind of the table; undefined for one outside it. */
export const knownKind = (kind: string): OrganisationKind | undefined =>
  Object.hasOwn(ORGANISATION_KINDS, kind)
    ? ORGANISATION_KINDS[kind as keyof typeof ORGANISATION_KINDS]
    : undefined;

/**
 * Says whether an organisation is of a category that the Besluit Jeugdwet designates in its sector, uses the BSN only with a right of its own,
 * and files where that category may: the Raad voor de Kinderbescherming on a national node only.
 * @param isNational whether the covenant has no municipalities
 * @returns undefined when nothing is wrong, else what is, the first that applies
 * @source Besluit Jeugdwet 7.1.1–7.1.7; Jeugdwet 7.1.1.2 lid 1 and 2, 7.1.4.2 lid 2 and 3
 */
export function categoryFault(
  { kind, sector, mayUseBsn }: { kind: string; sector: Sector; mayUseBsn: boolean },
  isNational: boolean,
): CategoryFault | undefined {
  const category = knownKind(kind);
  if (!category) return 'kind';
  if (!Object.hasOwn(category.sectors, sector)) return 'sector';
  if (mayUseBsn && category.bsn === undefined) return 'bsn';
  return category.nationalOnly && !isNational ? 'national' : undefined;
}

/** What the table calls a kind that an older covenant names otherwise; undefined when nobody knows. */
export const formerlyKnownAs = (kind: string): string | undefined =>
  Object.hasOwn(FORMER_KINDS, kind) ? FORMER_KINDS[kind] : undefined;
