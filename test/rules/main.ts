import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { inversionsOf } from './inversions.js';
import { readClauses, readRules, type Rule } from './rules.js';

const HELP = `Prints the rules of the software with where they come from and what tests them, and the clauses of law.

  npm run rules
  npm run rules -- --inverted [NAME…]   turns everything in each rule into its opposite, one at a time, and runs its spec, which must fail
`;

const say = (line = ''): void => void process.stdout.write(`${line}\n`);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { inverted: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const rules = readRules();
if (values.help) say(HELP);
else if (values.inverted)
  invertAll(rules.filter(({ name }) => positionals.length === 0 || positionals.includes(name)));
else printTables();

function printTables(): void {
  say('| rule | source | file | test |');
  say('| --- | --- | --- | --- |');
  for (const { name, sources, file, spec } of rules)
    say(`| ${name} | ${sources.join('; ')} | ${file} | ${spec ?? 'none'} |`);
  say();
  say('| clause | says | seen to |');
  say('| --- | --- | --- |');
  for (const { clause, says, rules: named, by, outOfScope, open } of readClauses()) {
    const how =
      named?.join(', ') ?? by?.join(', ') ?? (outOfScope ? `out of scope: ${outOfScope}` : `open: ${open}`);
    say(`| ${clause} | ${says} | ${how} |`);
  }
}

function invertAll(chosen: readonly Rule[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'inverted-'));
  let [count, unnoticed] = [0, 0];
  try {
    for (const { name, file, spec } of chosen) {
      for (const { line, what, text } of inversionsOf(readFileSync(path.join(PROJECT_ROOT, file), 'utf8'))) {
        const inverted = path.join(folder, 'rule.ts');
        writeFileSync(inverted, text);
        const noticed = spec !== undefined && !passes(spec, path.join(PROJECT_ROOT, file), inverted);
        count += 1;
        if (!noticed) unnoticed += 1;
        say(`${noticed ? '✓' : '✗ nothing failed:'} ${name}:${line} ${what}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${count} inversions of ${chosen.length} rules, ${unnoticed} unnoticed`);
  if (unnoticed > 0) process.exitCode = 1;
}

function passes(spec: string, file: string, inverted: string): boolean {
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ];
  const { status } = spawnSync(
    process.execPath,
    [...jest, '--config', 'test/rules/inverted.jest.config.mjs', '--runTestsByPath', spec],
    {
      cwd: PROJECT_ROOT,
      env: { ...process.env, INVERTED_FILE: file, INVERTED_TEXT: inverted },
      stdio: 'ignore',
    },
  );
  return status === 0;
}
