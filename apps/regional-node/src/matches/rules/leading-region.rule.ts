import type { DatedResidence, Entry, LeadingBecause } from '../match-picture.types.js';
import { byFiling } from './by-filing.js';

/**
 * Names the one region that decides who leads for a youth: the region where the youth lives if it has a signal on them, else the region
 * of the earliest signal. The law leaves the matchregisseur to the covenants.
 * All regions compute it from the same cards, so all name the same one.
 * @param entries the signals on the youth, at least one
 * @param residences what is known of where the youth lives, one without a day before all others; empty for a protected address
 * @param regionOf the region to which a municipality belongs
 * @source Jeugdwet 7.1.3.1; federatieafspraken: lead
 */
export function leadingRegion(
  entries: readonly Entry[],
  residences: readonly DatedResidence[],
  regionOf: (municipality: string) => string | undefined,
): { region: string; because: LeadingBecause } {
  const [newest] = [...residences].sort(
    (a, b) => (b.asOf ?? '').localeCompare(a.asOf ?? '') || a.municipality.localeCompare(b.municipality),
  );
  const home = newest && regionOf(newest.municipality);
  if (home !== undefined && entries.some((entry) => entry.region === home))
    return { region: home, because: 'residence' };
  return { region: [...entries].sort(byFiling)[0]!.region, because: 'earliest-signal' };
}
