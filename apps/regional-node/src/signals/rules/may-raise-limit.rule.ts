import type { Professional } from '../../directory/index.js';

/** Who works beside somebody in the organisation. */
export interface Around {
  /** Whether the organisation is one professional, as a general practitioner is. */
  worksAlone: boolean;
  /** Whether it has a coordinator who is somebody else. */
  hasCoordinator: boolean;
}

/**
 * A limit on filing is raised by the coordinator of the organisation; for who works alone, or has no coordinator, by an operator. Never for
 * oneself, whatever the designation.
 * @source Jeugdwet 7.1.2.1 lid 3; Jeugdwet 7.1.3.3
 */
export function mayRaiseLimit(
  actor: Pick<Professional, 'subject' | 'organisationId' | 'roles'>,
  professional: Pick<Professional, 'subject' | 'organisationId' | 'roles'>,
  { worksAlone, hasCoordinator }: Around,
): boolean {
  if (actor.subject === professional.subject || !professional.roles.includes('professional')) return false;
  return worksAlone || !hasCoordinator
    ? actor.roles.includes('operator')
    : actor.roles.includes('coordinator') && actor.organisationId === professional.organisationId;
}
