import 'reflect-metadata';
import { createWriteStream, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Progress } from '../../deploy/local/progress.js';
import { compiled } from '../../deploy/local/project-root.js';
import { KINDS, type Kind } from './draw.js';
import { MOST_REGIONS } from './regions.js';
import { run, type RunOptions } from './run.js';
import { table } from './table.js';

const HELP = `Starts a federation on this machine, lets people in all regions work on it while things go wrong, and then checks that
nothing accepted was lost.

  npm run test:faults -- [--seed N] [--minutes M] [--regions N] [--population FILE] [--confirm-at-broker] [--only KIND]… [--json FILE] [--log FILE]

  --seed N             which faults come when; the same seed draws the same faults; default 1
  --minutes M          for how long faults come; default 5
  --regions N          2 to ${MOST_REGIONS}; default 5
  --population FILE    persons in the form of the BRP API; without it made-up families
  --confirm-at-broker  run programs that trust the broker's acknowledgement: this must fail
  --only KIND          only faults of this kind; may be given more than once: ${KINDS.join(', ')}
  --json FILE          write the result to FILE as JSON
  --log FILE           write all that the programs log to FILE
  --help               this text

Ends with 0 when nothing is wrong, else with 1. How to read the table: test/faults/README.md.
`;

type Arguments = Omit<RunOptions, 'progress' | 'abortSignal'> & { json?: string; log?: string };

/** @throws with a message that says what is wrong with the command line */
function readArguments(args: string[]): Arguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '5' },
      regions: { type: 'string', default: '5' },
      population: { type: 'string' },
      'confirm-at-broker': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      json: { type: 'string' },
      log: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const [seed, minutes, regions] = [values.seed, values.minutes, values.regions].map(Number) as [
    number,
    number,
    number,
  ];
  if (!Number.isSafeInteger(seed)) throw new Error('--seed needs a whole number');
  if (!(minutes > 0)) throw new Error('--minutes needs a number above 0');
  if (!Number.isInteger(regions) || regions < 2 || regions > MOST_REGIONS)
    throw new Error(`--regions needs a number from 2 to ${MOST_REGIONS}`);
  for (const kind of values.only ?? [])
    if (!KINDS.includes(kind as Kind))
      throw new Error(`--only: there is no ${kind}; there are: ${KINDS.join(', ')}`);
  for (const file of [values.json, values.log])
    if (file !== undefined && !existsSync(path.dirname(path.resolve(file))))
      throw new Error(`there is no folder ${path.dirname(path.resolve(file))}`);
  return {
    seed,
    seconds: minutes * 60,
    regions,
    confirmAtBroker: values['confirm-at-broker'],
    ...(values.population === undefined ? {} : { population: values.population }),
    ...(values.only ? { kinds: values.only as Kind[] } : {}),
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.log === undefined ? {} : { log: values.log }),
  };
}

const ended = new AbortController();
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ended.abort());
for (const cause of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(cause, () => ended.abort());

async function runAsAsked(): Promise<boolean> {
  const given = readArguments(process.argv.slice(2));
  if (given === 'help') {
    process.stdout.write(HELP);
    return true;
  }
  if (!existsSync(compiled('apps/regional-node/src/main.ts')))
    throw new Error('the programs are not built: run npm run build first');
  const { json, log, ...options } = given;
  const logFile = log === undefined ? undefined : createWriteStream(log);
  const outcome = await run({
    ...options,
    progress: new Progress(),
    abortSignal: ended.signal,
    onLine: (program, line) => logFile?.write(`${program}  ${line}\n`),
  });
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(outcome, null, 2)}\n`);
  process.stdout.write(`${table(outcome)}\n`);
  return outcome.passed;
}

try {
  process.exitCode = (await runAsAsked()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${ended.signal.aborted ? 'Stopped.' : (error as Error).message}\n`);
  process.exitCode = 1;
}
process.exit();
