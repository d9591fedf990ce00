import type { Professional } from '../directory/index.js';

/** A coordinator looks after the people of the own organisation only (Jeugdwet 7.1.3.3). */
export const looksAfter = (
  coordinator: Pick<Professional, 'organisationId'>,
  professional: Pick<Professional, 'organisationId'>,
): boolean => coordinator.organisationId === professional.organisationId;
