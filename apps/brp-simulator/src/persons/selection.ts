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
  for (const field of DELIVERED_UNASKED) if (person[field] !== undefined) asked[field] = person[field];
  return asked;
}

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
  return picked;
}
