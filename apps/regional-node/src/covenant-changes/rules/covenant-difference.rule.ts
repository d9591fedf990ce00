import type { CovenantDocument, CovenantOrganisation } from '../../covenant/index.js';

/** An organisation in a comparison. */
export interface ComparedOrganisation {
  id: string;
  name: string;
}

/** What one covenant says otherwise than another. */
export interface CovenantDifference {
  /** Parts that differ, but for the organisations: `retentionMonths`, `leading`… */
  parts: string[];
  joining: ComparedOrganisation[];
  leaving: ComparedOrganisation[];
  changing: (ComparedOrganisation & { parts: string[] })[];
}

/**
 * Says what changes from one covenant to the next: which organisations sign, which leave, and what else is agreed otherwise.
 * @source Jeugdwet 7.1.3.1
 */
export function covenantDifference(now: CovenantDocument, then: CovenantDocument): CovenantDifference {
  const before = new Map(now.organisations.map((organisation) => [organisation.id, organisation]));
  const after = new Set(then.organisations.map(({ id }) => id));
  return {
    parts: differingParts(now, then).filter((part) => part !== 'organisations'),
    joining: then.organisations.filter(({ id }) => !before.has(id)).map(named),
    leaving: now.organisations.filter(({ id }) => !after.has(id)).map(named),
    changing: then.organisations.flatMap((organisation) => {
      const parts = differingParts(before.get(organisation.id) ?? organisation, organisation);
      return parts.length > 0 ? [{ ...named(organisation), parts }] : [];
    }),
  };
}

const named = ({ id, name }: CovenantOrganisation): ComparedOrganisation => ({ id, name });

const differingParts = (one: object, other: object): string[] => {
  const before = new Map<string, unknown>(Object.entries(one));
  const after = new Map<string, unknown>(Object.entries(other));
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (part) => sorted(before.get(part)) !== sorted(after.get(part)),
  );
};

/** Equal for equal values, whatever the order of their parts. */
const sorted = (value: unknown): string | undefined =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort())
      : part,
  );
