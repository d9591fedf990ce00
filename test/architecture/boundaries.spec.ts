import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { offenders, runOn } from './offenders.js';

interface Cruise {
  summary: {
    violations: { from: string; to: string; rule: { name: string; severity: string } }[];
    ruleSetUsed: { forbidden: { name: string; severity: string }[] };
  };
}

const SYNTAX = 'no-restricted-syntax';
const rules = offenders().filter((name) => name !== SYNTAX);

/** The offending imports, as `file -> file`. */
const OFFENCES: Record<string, string[]> = {
  'apps-do-not-meet': ['apps/one/src/main.ts -> apps/two/src/main.ts'],
  'bsn-stays-home': [
    'apps/key-holder/src/main.ts -> libs/bsn/src/index.ts',
    'apps/national-relay/src/main.ts -> libs/bsn/src/index.ts',
  ],
  'features-through-the-door': ['apps/one/src/signals/signals.service.ts -> apps/one/src/matches/matches.ts'],
  'lib-to-lib-through-the-door': ['libs/one/src/index.ts -> libs/two/src/inside.ts'],
  'libs-never-look-up': [
    'libs/one/src/index.ts -> apps/two/src/main.ts',
    'libs/one/src/one.spec.ts -> test/federation/federation.ts',
  ],
  'libs-through-the-door': ['apps/one/src/main.ts -> libs/two/src/inside.ts'],
  'no-cycles': ['apps/one/src/egg.ts -> apps/one/src/hen.ts'],
  'no-unresolvable': ['apps/one/src/main.ts -> ./nowhere.js'],
  'programs-draw-no-screens': ['apps/one/src/main.ts -> libs/screens/src/index.ts'],
  'programs-import-no-tests': [
    'apps/one/src/main.ts -> apps/one/src/family.fixture.ts',
    'apps/one/src/main.ts -> apps/one/test/test-node.ts',
    'apps/one/src/main.ts -> deploy/local/launcher.ts',
    'apps/one/src/main.ts -> test/database/test-database.ts',
  ],
  'programs-use-runtime-dependencies': ['apps/one/src/main.ts -> supertest'],
  'rules-are-pure': [
    'apps/one/src/signals/rules/may-file.rule.ts -> apps/one/src/signals/signals.service.ts',
    'apps/one/src/signals/rules/may-file.rule.ts -> fs',
  ],
  'screens-know-no-program': ['apps/portal/src/main.tsx -> libs/database/src/index.ts'],
};

const cruise = async (offender: string): Promise<Cruise['summary']> => {
  const folders = ['apps', 'libs', 'deploy', 'test'].filter((folder) =>
    readdirSync(fileURLToPath(new URL(`fixtures/${offender}/`, import.meta.url))).includes(folder),
  );
  const json = await runOn(offender, 'dependency-cruiser/bin/dependency-cruise.mjs', [
    ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    ...folders,
  ]);
  return (JSON.parse(json) as Cruise).summary;
};

describe('the boundaries between rooms', () => {
  it('have an offender for every rule, and every rule is an error', async () => {
    const { forbidden } = (await cruise(rules[0]!)).ruleSetUsed;
    expect(rules).toEqual(forbidden.map(({ name }) => name).sort());
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });

  it.each(rules)('are guarded by %s, which names its offender and nothing beside it', async (rule) => {
    const { violations } = await cruise(rule);
    expect([...new Set(violations.map((violation) => violation.rule.name))]).toEqual([rule]);
    // a package is named by where it stands
    const named = violations.map(
      ({ from, to }) => `${from} -> ${to.replace(/^.*node_modules\/([^/]+)\/.*$/, '$1')}`,
    );
    expect(named.sort()).toEqual(OFFENCES[rule]);
  });
});
