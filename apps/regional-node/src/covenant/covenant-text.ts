import { stringify } from 'yaml';
import type { CovenantDocument } from './covenant-document.js';

/** Writes a covenant as the YAML text that reads as the same document, its parts always in the same order. */
export function writeCovenant(covenant: CovenantDocument): string {
  const { name, shortName, municipalities, retentionMonths, organisations } = covenant;
  const { leading, followUp, mails, contacts, functions, appearance } = covenant;
  return stringify(
    {
      ...{ name, shortName, retentionMonths },
      municipalities: municipalities.map(({ code, name: ownName }) => ({ code, name: ownName })),
      organisations: organisations.map((organisation) => ({
        id: organisation.id,
        name: organisation.name,
        sector: organisation.sector,
        kind: organisation.kind,
        municipalities: organisation.municipalities,
        mayUseBsn: organisation.mayUseBsn,
        ...(organisation.addendum
          ? { addendum: { name: organisation.addendum.name, date: organisation.addendum.date } }
          : {}),
      })),
      leading: {
        order: leading.order,
        never: leading.never,
        tieBreaks: leading.tieBreaks,
        fallback: leading.fallback,
      },
      followUp: {
        stalledAfterWorkingDays: followUp.stalledAfterWorkingDays,
        escalatedAfterWorkingDays: followUp.escalatedAfterWorkingDays,
        liberationDay: followUp.liberationDay,
      },
      mails: { logInToSee: mails.logInToSee },
      contacts: { confirmEveryMonths: contacts.confirmEveryMonths },
      ...(functions ? { functions: functions.map(({ kind, names }) => ({ kind, names })) } : {}),
      ...(appearance ? { appearance: { colour: appearance.colour, logo: appearance.logo } } : {}),
    },
    { lineWidth: 0 },
  );
}
