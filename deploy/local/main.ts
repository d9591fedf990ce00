import 'reflect-metadata';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Federation, type FederationOptions } from './federation.js';
import { Progress } from './progress.js';
import { compiled } from './project-root.js';
import { summary } from './summary.js';

const HELP = `Starts a whole federation on this machine: three regions, the relay, three key holders, and a person register,
identity provider and mail server to practise with. Nothing leaves this machine.

  npm start -- [--port-base N] [--state DIR] [--population FILE]

  --port-base N      fixed ports from N on, instead of any free ones
  --state DIR        keep keys and data in DIR, and go on with them at the next start
  --population FILE  serve these persons (a JSON list in the form of the BRP API) instead of the fictional ones
  --help             this text

Ctrl-C stops everything.
`;

/** The settings of the command line. @throws with a message that says what is wrong */
function readArguments(args: string[]): FederationOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      'port-base': { type: 'string' },
      state: { type: 'string' },
      population: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const { state, population } = values;
  if (state === '') throw new Error('--state needs the name of a folder');
  if (population !== undefined && !existsSync(population))
    throw new Error(`there is no file ${path.resolve(population)}`);
  const base = values['port-base'];
  return { state, population, portBase: base === undefined ? undefined : Number(base) };
}

// a reader that goes away, as in `npm start | head`, ends the federation in good order
const ended = new AbortController();
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ended.abort());
for (const cause of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(cause, () => ended.abort());

const whenEnded = new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));

async function run(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') return void process.stdout.write(HELP);
  if (!existsSync(compiled('apps/regional-node/src/main.ts')))
    throw new Error('the programs are not built: run npm run build first');
  const progress = new Progress();
  let up = false;
  const federation = await Federation.start({
    ...options,
    progress,
    restart: true,
    probeSeconds: 300,
    undoSeconds: 10,
    mailCollectSeconds: 10,
    lookUpLimits: true,
    invalidMessages: 'set-aside',
    abortSignal: ended.signal,
    onEvent: (line) => up && progress.say(line),
  });
  progress.say(summary(federation));
  progress.say(`The federation runs. What happens is shown below; Ctrl-C stops it.\n`);
  up = true;
  await whenEnded;
  await progress.step('stopping', () => federation.stop());
}

try {
  await run();
} catch (error) {
  if (ended.signal.aborted) process.stdout.write('\nStopped before everything was up.\n');
  else {
    process.stderr.write(`\nThe federation did not start: ${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
process.exit();
