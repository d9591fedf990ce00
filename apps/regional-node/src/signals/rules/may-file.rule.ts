import type { CovenantOrganisation } from '../../covenant/index.js';

/** Why somebody may not file signals. */
export type FilingRefusal = 'organisation-not-in-covenant' | 'professional-not-designated';

/**
 * Signals come from people whom their organisation designated, of an organisation that signed the covenant as one of
 * the six sectors (Jeugdwet 7.1.1.2 lid 1). The covenant itself knows no seventh sector.
 * @source Jeugdwet 7.1.1.2 lid 1
 */
export function mayFile(
  professional: { designated: boolean },
  signatory: CovenantOrganisation | undefined,
): FilingRefusal | undefined {
  if (!signatory) return 'organisation-not-in-covenant';
  return professional.designated ? undefined : 'professional-not-designated';
}
