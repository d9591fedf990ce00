import type { InvalidParam } from '#libs/problems';
import { signatory, type CovenantDocument } from './covenant-document.js';
import { functionsOfKind, mayHaveFunction } from './rules/listed-functions.rule.js';

/** The functions that people of an organisation may have, by the kind as which it signed, else by its own. */
export const functionsOf = (
  covenant: CovenantDocument,
  { id, kind }: { id: string; kind: string },
): string[] => functionsOfKind(covenant.functions, signatory(covenant, id)?.kind ?? kind);

/**
 * What is wrong with the function of somebody; undefined for nothing.
 * @param name path of the field in the request
 * @param present the function that they have already
 */
export function functionFault(
  name: string,
  wanted: string,
  listed: readonly string[],
  present?: string,
): InvalidParam | undefined {
  if (mayHaveFunction(wanted, listed, present)) return undefined;
  const reason = `Kies een functie uit de lijst van het convenant: “${listed.join(', ')}”.`;
  return { name, code: 'unlisted', reason };
}
