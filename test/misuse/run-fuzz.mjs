// `npm run test:fuzz -- --seed 7 --count 10000`: the long run of fuzz.spec.ts, by default another one every time.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { seed: { type: 'string' }, count: { type: 'string' } } });
const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
const count = values.count ?? '10000';
console.log(`seed ${seed}, ${count} requests`);
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
const { status } = spawnSync(
  process.execPath,
  [...jest, '--runInBand', '--testPathPatterns=/test/misuse/fuzz'],
  {
    stdio: 'inherit',
    env: { ...process.env, FUZZ_SEED: seed, FUZZ_COUNT: count },
  },
);
process.exitCode = status ?? 1;
