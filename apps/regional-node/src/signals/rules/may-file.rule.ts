import type { CovenantOrganisation } from '../../covenant/index.js';

/** Why somebody may not file signals. */
export type FilingRefusal =
  'organisation-not-in-covenant' | 'professional-not-designated' | 'contact-unconfirmed' | 'works-alone';

/**
 * Signals come from people whom their organisation designated, of an organisation that signed the covenant as one of the six sectors. A
 * functionary who works alone (general practitioner, school attendance officer) signed as themselves: nobody else files under that signature.
 * Somebody else entered their contact details, to which mails about a match go: they confirm these first.
 * @param worksAlone whether the signatory is of a kind that works alone
 * @param designatedColleagues how many others the same signatory designated
 * @source Jeugdwet 7.1.1.2 lid 1; Jeugdwet 7.1.1.2 lid 2
 */
export function mayFile(
  professional: { designated: boolean; contactWaitsSince: Date | null },
  signatory: CovenantOrganisation | undefined,
  { worksAlone, designatedColleagues }: { worksAlone: boolean; designatedColleagues: number },
): FilingRefusal | undefined {
  if (!signatory) return 'organisation-not-in-covenant';
  if (!professional.designated) return 'professional-not-designated';
  if (professional.contactWaitsSince !== null) return 'contact-unconfirmed';
  return worksAlone && designatedColleagues > 0 ? 'works-alone' : undefined;
}
