import type { Registers } from '../federation/index.js';
import { contactFrom, type Lead } from './match-picture.types.js';

/** How to reach somebody, as people see it. */
export const contactShown = contactFrom;

/** Who leads, and which region says so, as people see it. */
export const leadShown = (lead: Lead | undefined, registers: Registers) =>
  lead
    ? {
        ...contactShown(lead.contact),
        because: lead.because,
        region: registers.nameOf(lead.leadingRegion),
      }
    : null;
