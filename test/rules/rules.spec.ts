import { isThere, readClauses, readRules } from './rules.js';

const rules = readRules();
const clauses = readClauses();

describe('the rules', () => {
  it('each have a source, a spec beside them, and a name of their own', () => {
    expect(rules.length).toBeGreaterThan(30);
    const incomplete = rules.filter(({ sources, spec }) => sources.length === 0 || spec === undefined);
    expect(incomplete).toEqual([]);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  it('of the law are each asked by a clause', () => {
    const asked = new Set(clauses.flatMap((clause) => clause.rules ?? []));
    const unasked = rules.filter(
      ({ name, sources }) => sources.some((source) => source.startsWith('Jeugdwet')) && !asked.has(name),
    );
    expect(unasked.map(({ name }) => name)).toEqual([]);
  });
});

describe('the clauses of law', () => {
  it('are each seen to in one way: by rules, by other files, or said why not', () => {
    const ways = ({ rules: named, by, outOfScope }: (typeof clauses)[number]) =>
      [named, by, outOfScope].filter((way) => way !== undefined).length;
    expect(clauses.filter((clause) => ways(clause) !== 1)).toEqual([]);
    expect(new Set(clauses.map(({ clause }) => clause)).size).toBe(clauses.length);
  });

  it('name what there is', () => {
    const names = new Set(rules.map(({ name }) => name));
    expect(clauses.flatMap((clause) => clause.rules ?? []).filter((name) => !names.has(name))).toEqual([]);
    expect(clauses.flatMap(({ by }) => by ?? []).filter((file) => !isThere(file))).toEqual([]);
  });
});
