import { DELIVERED_UNASKED, LISTS, Whole, type FieldTree } from './fields.js';

type Group = Record<string, unknown>;

/** The part of a person that was asked for, and what is delivered unasked. `paths` exist in `tree`. */
export function select(person: Group, tree: FieldTree, paths: readonly string[]): Group {
  const asked = pick(
    person,
    tree,
    paths.map((path) => path.split('.')),
  );
  for (const list of LISTS) if (paths.some((path) => path.split('.')[0] === list)) asked[list] ??= [];
  for (const field of DELIVERED_UNASKED)
    if (field !== 'inOnderzoek' && person[field] !== undefined) asked[field] = person[field];
  return asked;
}

/**
 * Picks the asked parts of a group. Which of them the municipality has under investigation (`inOnderzoek`) comes along unasked.
 */
function pick(group: Group, tree: FieldTree, paths: readonly string[][]): Group {
  const picked: Group = {};
  for (const [field, below] of Object.entries(tree)) {
    const content = group[field];
    const rest = paths.filter(([first]) => first === field).map((path) => path.slice(1));
    // without its type a nationality or a residence could not be read
    if (content === undefined || (rest.length === 0 && field !== 'type')) continue;
    if (below instanceof Whole) {
      picked[field] = content;
      continue;
    }
    const wanted = rest.some((path) => path.length === 0) ? Object.keys(below).map((name) => [name]) : rest;
    if (Array.isArray(content)) {
      picked[field] = content.map((entry: Group) => pick(entry, below, wanted));
    } else {
      const part = pick(content as Group, below, wanted);
      if (Object.keys(part).length > 0) picked[field] = part;
    }
  }
  const investigated = investigatedOf(group, picked);
  return investigated ? { ...picked, inOnderzoek: investigated } : picked;
}

/** Per picked field whether it is under investigation, and since when; undefined when none is. */
function investigatedOf({ inOnderzoek: flags }: Group, picked: Group): Group | undefined {
  if (typeof flags !== 'object' || flags === null) return undefined;
  const own = Object.entries(flags).filter(([field, flag]) => flag === true && field in picked);
  const since = Object.entries(flags).filter(([field]) => field.startsWith('datumIngangOnderzoek'));
  return own.length > 0 ? Object.fromEntries([...own, ...since]) : undefined;
}
