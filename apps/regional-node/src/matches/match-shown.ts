import type { Registers } from '../federation/index.js';
import { contactFrom, type Lead, type PossibleMatch } from './match-picture.types.js';

/** How to reach somebody, as people see it. */
export const contactShown = contactFrom;

/** Who may be involved, as people see it before both sides confirmed it. */
export const possibleShown = ({ kind, region }: PossibleMatch, registers: Registers) => ({
  kind: 'possibly-same-youth' as const,
  organisationKind: kind,
  region: registers.nameOf(region),
});

/** Who leads, and which region says so, as people see it. */
export const leadShown = (lead: Lead | undefined, registers: Registers) =>
  lead
    ? {
        ...contactShown(lead.contact),
        because: lead.because,
        region: registers.nameOf(lead.leadingRegion),
      }
    : null;
