import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { inversionsOf } from './inversions.js';
import { readClauses, readRules, type Rule } from './rules.js';

/** Specs of rules take seconds. */
const ENDLESS_MS = 60_000;
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
  for (const { clause, says, rules: named, by, outOfScope } of readClauses()) {
    const how = named?.join(', ') ?? by?.join(', ') ?? `out of scope: ${outOfScope}`;
    say(`| ${clause} | ${says} | ${how} |`);
  }
}

function invertAll(chosen: readonly Rule[]): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'inverted-'));
  const sound = new Set<string>();
  let [count, unnoticed] = [0, 0];
  try {
    for (const { name, file, spec } of chosen) {
      if (spec === undefined) throw new Error(`${name} has no spec`);
      const failing = (text: string) => failingTest(folder, spec, path.join(PROJECT_ROOT, file), text);
      const rule = readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
      const already = sound.has(spec) ? undefined : failing(rule);
      if (already !== undefined) throw new Error(`${spec} fails as it is: ${already}`);
      sound.add(spec);
      for (const { line, what, text } of inversionsOf(rule)) {
        const test = failing(text);
        count += 1;
        if (test === undefined) unnoticed += 1;
        say(`${test === undefined ? '✗ nothing failed:' : '✓'} ${name}:${line} ${what}`);
        if (test !== undefined) say(`    ${test}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${count} inversions of ${chosen.length} rules, ${unnoticed} unnoticed`);
  if (unnoticed > 0) process.exitCode = 1;
}

interface JestReport {
  testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
}

/**
 * Runs a spec with another text of a rule.
 * @returns the first test that failed, or that they do not end, as when every day has become a holiday; undefined when none failed
 * @throws Error when the spec did not get as far as its tests: then nothing was tested
 */
function failingTest(folder: string, spec: string, file: string, text: string): string | undefined {
  const [inverted, report] = [path.join(folder, 'rule.ts'), path.join(folder, 'report.json')];
  writeFileSync(inverted, text);
  rmSync(report, { force: true });
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...['--config', 'test/rules/inverted.jest.config.mjs', '--json', '--outputFile', report],
  ];
  const { signal } = spawnSync(process.execPath, [...jest, '--runTestsByPath', spec], {
    cwd: PROJECT_ROOT,
    env: { ...process.env, INVERTED_FILE: file, INVERTED_TEXT: inverted },
    stdio: 'ignore',
    ...{ timeout: ENDLESS_MS, killSignal: 'SIGKILL' },
  });
  if (signal === 'SIGKILL') return 'its tests do not end';
  const results = existsSync(report)
    ? (JSON.parse(readFileSync(report, 'utf8')) as JestReport).testResults
    : [];
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  if (tests.length === 0)
    throw new Error(`${spec} did not run: ${results[0]?.message ?? 'jest did not start'}`);
  return tests.find(({ status }) => status === 'failed')?.fullName;
}
