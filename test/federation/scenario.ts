import 'reflect-metadata';
import { createWriteStream, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Progress } from '../../deploy/local/progress.js';
import { compiled, PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { federationInContainers } from './in-containers.js';
import { demoCast, playStories, playStory, type Audience, type PlayedStory } from './play.js';
import { BadStory, loadStory, type Story } from './story.js';
import { strictRegister } from './strict-register.js';

const STORIES = path.join(PROJECT_ROOT, 'test', 'federation', 'stories');
const HELP = `Starts a federation on this machine, plays stories on it over its public APIs, and tells of each step whether it was as it should be.

  npm run scenario -- [--story FILE]… [--population FILE] [--register strict] [--json FILE] [--log FILE]

  --story FILE       the story to play, or a name in ${path.relative(process.cwd(), STORIES) || '.'};
                     may be given more than once; default life-of-a-signal
  --containers       play on the federation that docker-compose.federation.yml has started, instead of starting one
  --population FILE  serve these persons (a JSON list in the form of the BRP API) instead of the fictional ones
  --register strict  have the person register ask for a client certificate, an access token and the headers of a gateway
  --json FILE        write what happened to FILE as JSON
  --log FILE         write all that the programs log to FILE
  --help             this text

Ends with 0 when every step of every story was as it should be, else with 1.
How to write a story: test/federation/README.md.
`;

interface Arguments {
  stories: string[];
  population?: string;
  strictRegister: boolean;
  containers: boolean;
  json?: string;
  log?: string;
}

/** @throws with a message that says what is wrong with the command line */
function readArguments(args: string[]): Arguments | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      story: { type: 'string', multiple: true, default: ['life-of-a-signal'] },
      population: { type: 'string' },
      register: { type: 'string' },
      containers: { type: 'boolean', default: false },
      json: { type: 'string' },
      log: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const { population, register, json, log, containers } = values;
  if (register !== undefined && register !== 'strict') throw new BadStory('--register can only be strict');
  if (containers && register !== undefined)
    throw new BadStory('containers have a person register of their own: leave out --register');
  if (containers && population !== undefined)
    throw new BadStory('containers serve their own persons: leave out --population');
  if (population !== undefined && !existsSync(population))
    throw new BadStory(`there is no file ${path.resolve(population)}`);
  for (const file of [json, log])
    if (file !== undefined && !existsSync(path.dirname(path.resolve(file))))
      throw new BadStory(`there is no folder ${path.dirname(path.resolve(file))}`);
  return {
    stories: values.story.map(storyFile),
    containers,
    strictRegister: register === 'strict',
    ...(population === undefined ? {} : { population: path.resolve(population) }),
    ...(json === undefined ? {} : { json }),
    ...(log === undefined ? {} : { log }),
  };
}

/** The file of a story, or of a story of this project by its name. */
function storyFile(name: string): string {
  const shipped = path.join(STORIES, name.endsWith('.yaml') ? name : `${name}.yaml`);
  return !existsSync(name) && existsSync(shipped) ? shipped : path.resolve(name);
}

function storiesOf({ stories, population }: Arguments): Story[] {
  const cast = demoCast();
  return stories.map((file) => {
    const story = loadStory(file, cast);
    return population === undefined ? story : { ...story, population };
  });
}

const reader = (say: (line: string) => void): Audience => ({
  begins: ({ description }) => say(`\n${description.trim()}`),
  heading: (text) => say(`\n  ${text}`),
  played: ({ number, title, seconds, problem }) => {
    say(`  ${problem === undefined ? '✓' : '✗'} ${String(number).padStart(2)}  ${title}  (${seconds} s)`);
    if (problem !== undefined) say(`        ${problem}`);
  },
  ended: ({ passed, steps, seconds }) =>
    say(
      `  ${passed ? '✓' : '✗'} ${steps.length} steps ${passed ? 'passed' : 'until it failed'} in ${seconds} s`,
    ),
});

const ended = new AbortController();
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ended.abort());
for (const cause of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(cause, () => ended.abort());

async function playInContainers(stories: readonly Story[], audience: Audience): Promise<PlayedStory[]> {
  const results: PlayedStory[] = [];
  for (const story of stories) results.push(await playStory(story, federationInContainers(), audience));
  return results;
}

async function run(): Promise<boolean> {
  const given = readArguments(process.argv.slice(2));
  if (given === 'help') {
    process.stdout.write(HELP);
    return true;
  }
  const stories = storiesOf(given);
  if (!existsSync(compiled('apps/regional-node/src/main.ts')))
    throw new Error('the programs are not built: run npm run build first');
  const progress = new Progress();
  const log = given.log === undefined ? undefined : createWriteStream(given.log);
  const audience = reader((line) => progress.say(line));
  const results: PlayedStory[] = given.containers
    ? await playInContainers(stories, audience)
    : await playStories(
        stories,
        {
          progress,
          abortSignal: ended.signal,
          ...(given.strictRegister ? { settings: strictRegister() } : {}),
          ...(log ? { onLine: (program: string, line: string) => log.write(`${program}  ${line}\n`) } : {}),
        },
        audience,
      );
  const passed = results.every((result) => result.passed);
  if (given.json !== undefined)
    writeFileSync(given.json, `${JSON.stringify({ passed, stories: results }, null, 2)}\n`);
  progress.say(`\n${results.filter((result) => result.passed).length} of ${results.length} stories passed`);
  return passed;
}

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
process.exit();
