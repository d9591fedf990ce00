import type { LeadingRule, TieBreak } from '../covenant-document.js';

/** A signal as the leading rule sees it. */
export interface LeadCandidate {
  entryId: string;
  /** Kind of the organisation as it signed the covenant. */
  kind: string;
  filedAt: Date;
  /** An absent professional does not lead. */
  absent?: boolean;
  /** Whether the organisation works where the youth lives, as far as that is known and may be. */
  inMunicipalityOfYouth?: boolean;
}

/** Who leads, and why: for the mail, the screen and the contact card. */
export type Lead<Candidate> =
  { leader: Candidate; because: 'organisation-kind' } | { processManager: true; because: 'process-manager' };

/**
 * Names the matchregisseur among the signals of one region.
 * The first kind in the order that is present leads; among equals the tie-breaks decide in their order, at last the earliest signal, then
 * the lowest entry id. Kinds outside the order never lead; when nobody can, the process manager does.
 * @source Jeugdwet 7.1.3.1; convenant: leading
 */
export function leadWithinRegion<Candidate extends LeadCandidate>(
  candidates: readonly Candidate[],
  rule: LeadingRule,
): Lead<Candidate> {
  for (const kind of rule.order.filter((each) => !rule.never.includes(each))) {
    const [first] = candidates
      .filter((candidate) => candidate.kind === kind && !candidate.absent)
      .sort((a, b) => {
        for (const tieBreak of rule.tieBreaks) {
          const order = TIE_BREAK_ORDERS[tieBreak](a, b);
          if (order !== 0) return order;
        }
        return a.entryId < b.entryId ? -1 : 1;
      });
    if (first) return { leader: first, because: 'organisation-kind' };
  }
  return { processManager: true, because: 'process-manager' };
}

const TIE_BREAK_ORDERS: Record<TieBreak, (a: LeadCandidate, b: LeadCandidate) => number> = {
  'municipality-of-youth': (a, b) => Number(!a.inMunicipalityOfYouth) - Number(!b.inMunicipalityOfYouth),
  'earliest-signal': (a, b) => a.filedAt.getTime() - b.filedAt.getTime(),
};
