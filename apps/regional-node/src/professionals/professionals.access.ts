import type { Professional } from '../directory/index.js';

/** A coordinator looks after the people of the own organisation only (Jeugdwet 7.1.3.3). */
export const looksAfter = (
  coordinator: Pick<Professional, 'organisationId'>,
  professional: Pick<Professional, 'organisationId'>,
): boolean => coordinator.organisationId === professional.organisationId;

/** Absence is planned, and contact data confirmed, by somebody themselves or by the coordinator who looks after them. */
export const speaksFor = (
  actor: Pick<Professional, 'id' | 'organisationId' | 'roles'>,
  professional: Pick<Professional, 'id' | 'organisationId'>,
): boolean =>
  actor.id === professional.id || (actor.roles.includes('coordinator') && looksAfter(actor, professional));
