import type { AuthorityRelation } from './rules/representatives.rule.js';

/** The field with who has authority over a minor (BRP API Personen 2.7). Only a region that is authorised for it may ask. */
export const AUTHORITY_FIELD = 'gezag';

/** Reads `gezag` of an answer. A relation of another form than the API gives it is left out: nothing is concluded from it. */
export function authorityRelationsOf(value: unknown): AuthorityRelation[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((relation: unknown) => {
    const { type, minderjarige, inOnderzoek } = membersOf(relation);
    const { burgerservicenummer: minor } = membersOf(minderjarige);
    if (typeof type !== 'string' || typeof minor !== 'string') return [];
    return [{ type, minor, inQuestion: inOnderzoek === true }];
  });
}

const membersOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
