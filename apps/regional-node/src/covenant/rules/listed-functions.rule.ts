import { DEFAULT_FUNCTIONS, FUNCTIONS_ANYWHERE, FUNCTIONS_OF_OTHERS } from './default-functions.js';

/** The functions that people of one kind of organisation may have, as a covenant lists them. */
export interface ListedFunctions {
  kind: string;
  names: readonly string[];
}

/**
 * The functions from which somebody of an organisation of this kind has one: those of the covenant, else the usual ones of the kind, and
 * those that every organisation has. A covenant from before such lists goes on with the usual ones.
 * @source Jeugdwet 7.1.4.3 lid 1 (nothing is recorded of why somebody filed)
 */
export function functionsOfKind(lists: readonly ListedFunctions[] | undefined, kind: string): string[] {
  const own = lists?.find((list) => list.kind === kind)?.names;
  const usual = Object.hasOwn(DEFAULT_FUNCTIONS, kind) ? DEFAULT_FUNCTIONS[kind]! : FUNCTIONS_OF_OTHERS;
  return [...new Set([...(own ?? usual), ...FUNCTIONS_ANYWHERE])].sort((a, b) => a.localeCompare(b, 'nl'));
}

/** Whether somebody may have a function: one of the list, or the one that they have, until it is changed. */
export const mayHaveFunction = (wanted: string, listed: readonly string[], present?: string): boolean =>
  wanted === present || listed.includes(wanted);
