import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

/**
 * A rule: a pure function in a file of its own, with where it comes from and the spec beside it that tests it, without a database or broker.
 * Files as seen from the project's root.
 */
export interface Rule {
  name: string;
  /** Articles of law, and clauses of the covenant or the agreements of the federation. */
  sources: string[];
  file: string;
  spec: string | undefined;
}

/** A clause of law and what is done about it: one of the last three. */
export interface Clause {
  clause: string;
  says: string;
  rules?: string[];
  by?: string[];
  outOfScope?: string;
}

export function readRules(): Rule[] {
  const read = (file: string) => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
  const files = ['apps', 'libs']
    .flatMap((room) =>
      readdirSync(path.join(PROJECT_ROOT, room), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${room}/${file}`,
      ),
    )
    .filter((file) => file.endsWith('.ts'));
  const specs = files.filter((file) => file.endsWith('.spec.ts'));
  return files
    .filter((file) => file.endsWith('.rule.ts'))
    .map((file) => {
      const name = path.basename(file, '.rule.ts');
      return {
        name,
        sources: [...new Set([...read(file).matchAll(/@source (.+)/g)].map(([, source]) => source!.trim()))],
        file,
        spec: specs.find(
          (spec) => path.dirname(spec) === path.dirname(file) && read(spec).includes(`'./${name}.rule.js'`),
        ),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export const readClauses = (): Clause[] =>
  parse(readFileSync(path.join(PROJECT_ROOT, 'test/rules/clauses.yaml'), 'utf8')) as Clause[];

export const isThere = (file: string): boolean => existsSync(path.join(PROJECT_ROOT, file));
