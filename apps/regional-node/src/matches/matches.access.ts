import type { Professional } from '../directory/index.js';

/**
 * A professional sees matches of their own signals and of those of colleagues for whom they stand in, and no others.
 * @param absent ids of those colleagues
 */
export const maySeeMatchesOf = (
  professional: Professional,
  absent: readonly string[],
  entry: { professionalId: string },
): boolean => entry.professionalId === professional.id || absent.includes(entry.professionalId);

/**
 * A process manager sees the matches that are theirs to follow up (Jeugdwet 7.1.3.2).
 * @param own the municipalities for which they act, by the codes that are used today; null for the whole region
 */
export const mayFollowUp = (own: readonly (string | null)[], municipality: string | null): boolean =>
  own.includes(municipality);
