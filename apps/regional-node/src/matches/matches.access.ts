import type { Professional } from '../directory/index.js';

/** A professional sees matches of their own signals, and no others. */
export const maySeeMatchesOf = (professional: Professional, entry: { professionalId: string }): boolean =>
  entry.professionalId === professional.id;

/** A process manager sees the matches that are theirs to follow up (Jeugdwet 7.1.3.2). */
export const mayFollowUp = (processManager: Professional, municipality: string | null): boolean =>
  processManager.municipality === municipality;
