import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { OffsetFileClock, SystemClock } from '#libs/clock';
import { ConfigurationError } from '#libs/configuration';
import { textOfTable33 } from '#libs/municipalities';
import { errorKind, ProgramLogger } from '#libs/observability';
import { Problem } from '#libs/problems';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import { loadConfig } from '../config.js';
import { Municipalities } from '../municipalities/index.js';
import { COMMANDS, HELP, type Command, type Given } from './commands.js';

/** What a command wrote, and its exit code: 0 done, 1 refused or failed, 2 not a command. */
export interface Outcome {
  code: 0 | 1 | 2;
  out: string;
  err: string;
}

/** The command line is no command. */
class Misused extends Error {
  override name = 'Misused';
}

/** The command cannot be done on this machine now. */
class Impossible extends Error {
  override name = 'Impossible';
}

/**
 * Does one command of the operator of a node.
 * @param environment the settings of the node, as for the program itself
 */
export async function operate(
  args: readonly string[],
  environment?: Record<string, string | undefined>,
): Promise<Outcome> {
  let json = false;
  try {
    const asked = read(args);
    if (asked === 'help') return { code: 0, out: HELP, err: '' };
    json = asked.given.json;
    const answer = await atNode(environment, asked);
    const out = json ? JSON.stringify(answer.value, null, 2) : answer.text;
    return { code: 0, out: `${out.trimEnd()}\n`, err: '' };
  } catch (error) {
    if (error instanceof Misused) return { code: 2, out: '', err: `${error.message}\n` };
    if (error instanceof Problem)
      return json
        ? { code: 1, out: `${JSON.stringify(error.document(), null, 2)}\n`, err: '' }
        : { code: 1, out: '', err: textOf(error) };
    if (error instanceof Impossible || error instanceof ConfigurationError)
      return { code: 1, out: '', err: `${error.message}\n` };
    return { code: 1, out: '', err: `The command failed: ${errorKind(error)}\n` };
  }
}

interface Asked {
  command: Command;
  given: Given;
}

/** @throws Misused */
function read(args: readonly string[]): Asked | 'help' {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        signal: { type: 'string' },
        limit: { type: 'string' },
        before: { type: 'string' },
        of: { type: 'string' },
        account: { type: 'string' },
        municipality: { type: 'string' },
        deputy: { type: 'string' },
        accept: { type: 'string' },
        to: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Misused(`${(error as Error).message}\n--help tells the commands.`);
  }
  const { help, json, ...options } = parsed.values;
  const [subject, verb, what, ...more] = parsed.positionals;
  if (help || subject === undefined) return 'help';
  const command = COMMANDS.find(({ name }) => name === `${subject} ${verb}`);
  if (!command)
    throw new Misused(
      `There is no command ${[subject, verb].join(' ').trim()}. --help tells which there are.`,
    );
  const misplaced = Object.keys(options).find((option) => !command.options.includes(option));
  const complete =
    command.takes === 'nothing' ? what === undefined : command.takes === 'optional' || what !== undefined;
  if (misplaced !== undefined || !complete || more.length > 0)
    throw new Misused(`That is not how ${command.name} is used: ${command.usage}`);
  const given = { json, what, text: command.readsFile ? textIn(what!) : '', ...options };
  return { command, given };
}

/** @throws Impossible */
function textIn(file: string): string {
  try {
    return textOfTable33(readFileSync(file));
  } catch {
    throw new Impossible(`${file} cannot be read.`);
  }
}

/**
 * Runs a command at the node of these settings: all of it put together, and nothing of it started, so that it neither works off anything
 * nor reaches the hub beside the node that runs.
 */
async function atNode(
  environment: Record<string, string | undefined> | undefined,
  { command, given }: Asked,
) {
  const config = loadConfig(environment);
  const clock = config.clockOffsetFile ? new OffsetFileClock(config.clockOffsetFile) : new SystemClock();
  const logger = new ProgramLogger('regional-node', 'fatal');
  const node = await NestFactory.create(AppModule.with(config, clock, logger), {
    logger: false,
    abortOnError: false,
  });
  const dataSource = node.get(DataSource);
  try {
    if (await dataSource.showMigrations())
      throw new Impossible(
        'The database is not that of this version. Start the node of this version first: it brings the database up to date.',
      );
    await node.get(Municipalities, { strict: false }).look();
    return await command.run(node, given);
  } finally {
    // also ends what a command woke: the node that runs does that work
    await node.close();
  }
}

/** A problem as the API tells it, for people. */
function textOf(problem: Problem): string {
  const { title, detail } = problem.document() as { title: string; detail: string };
  const parts = (problem.extra.invalidParams ?? []).map(({ name, reason }) => `  - ${name}: ${reason}`);
  return `${[`${title}. ${detail}`, ...parts].join('\n')}\n`;
}
