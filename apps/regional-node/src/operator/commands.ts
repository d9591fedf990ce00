import type { INestApplication, Type } from '@nestjs/common';
import { Problem, problemValidationPipe } from '#libs/problems';
import { DataSource } from 'typeorm';
import { AuditController, AuditQuery } from '../audit/index.js';
import { Covenants } from '../covenant/index.js';
import { CovenantChangesController, WrittenCovenant } from '../covenant-changes/index.js';
import { professionalOf, type Professional } from '../directory/index.js';
import { WorkController, type ScheduledWorkShown } from '../scheduled-work/index.js';

/** What stands on the command line, behind the name of the command. */
export interface Given {
  json: boolean;
  /** The thing that the command is about. */
  what?: string;
  /** What the file says that `what` names. */
  text: string;
  as?: string;
  signal?: string;
  limit?: string;
  before?: string;
}

/** What a command answers: for programs what the API answers, and for people. */
export interface Answer {
  value: unknown;
  text: string;
}

/** A command of the operator: it asks the controllers of the API, so that it does and says what they do and say. */
export interface Command {
  /** `work list` */
  name: string;
  usage: string;
  says: string;
  takes: 'nothing' | 'one' | 'optional';
  readsFile: boolean;
  options: readonly string[];
  /** @throws Problem as the API does */
  run(node: INestApplication, given: Given): Promise<Answer>;
}

const workList: Command = {
  name: 'work list',
  usage: 'work list',
  says: 'what the node does by itself: last run, outcome, next run',
  ...{ takes: 'nothing', readsFile: false, options: [] },
  async run(node) {
    const works = await node.get(WorkController, { strict: false }).list();
    return { value: works, text: tableOf([WORK_COLUMNS, ...works.map(workRow)]) };
  },
};

const workRun: Command = {
  name: 'work run',
  usage: 'work run NAME --as ACCOUNT',
  says: 'have work done now, by the node that runs',
  ...{ takes: 'one', readsFile: false, options: ['as'] },
  async run(node, { what: name = '', as: account = '' }) {
    await node.get(WorkController, { strict: false }).run(name, await operatorOf(node, account));
    return {
      value: { name },
      text: `${name} is due: the node does it as soon as it looks, and work list shows how it went.`,
    };
  },
};

const covenantCheck: Command = {
  name: 'covenant check',
  usage: 'covenant check FILE',
  says: 'whether a covenant is valid, and else every part that is not; nothing is stored',
  ...{ takes: 'one', readsFile: true, options: [] },
  async run(node, { text }) {
    const written = await validated(WrittenCovenant, { yaml: text });
    const checked = node.get(CovenantChangesController, { strict: false }).check(written);
    return {
      value: checked,
      text: `The covenant of ${checked.name} is valid: ${checked.organisations} organisations.`,
    };
  },
};

const covenantExport: Command = {
  name: 'covenant export',
  usage: 'covenant export [VERSION]',
  says: 'a version as YAML, which can be changed and scheduled again; by default the one in force',
  ...{ takes: 'optional', readsFile: false, options: [] },
  async run(node, { what }) {
    const version =
      what === undefined ? (await node.get(Covenants, { strict: false }).current()).version : Number(what);
    if (!Number.isSafeInteger(version)) throw new Problem('not-found');
    const yaml = await node.get(CovenantChangesController, { strict: false }).write(version);
    return { value: { version, yaml }, text: yaml };
  },
};

const auditSearch: Command = {
  name: 'audit search',
  usage: 'audit search [--signal NUMBER] [--limit N] [--before ID]',
  says: 'the logbook, the newest line first',
  ...{ takes: 'nothing', readsFile: false, options: ['signal', 'limit', 'before'] },
  async run(node, { signal, limit, before }) {
    const asked = Object.fromEntries(
      Object.entries({ signal, limit, before }).filter(([, value]) => value !== undefined),
    );
    const page = await node.get(AuditController, { strict: false }).page(await validated(AuditQuery, asked));
    const lines = page.lines.map(({ at, actor, action, fields }) => [at, actor, action, fieldsText(fields)]);
    const more = page.next === undefined ? '' : `\nThere are more: --before ${page.next}`;
    return { value: page, text: tableOf([AUDIT_COLUMNS, ...lines]) + more };
  },
};

export const COMMANDS: readonly Command[] = [workList, workRun, covenantCheck, covenantExport, auditSearch];

export const HELP = `What the operator of a regional node does on its machine, with the settings of the node.

${COMMANDS.map(({ usage, says }) => `  ${usage}\n      ${says}`).join('\n')}

  --as ACCOUNT   the operator who asks, as the directory knows the account; it goes into the logbook
  --json         the answer for programs: what the API answers
  --help         this text

Ends with 0 when it is done, 1 when it is refused or fails, 2 when it is no command.
`;

/** @throws Problem `not-allowed` when nobody with this account is an operator */
async function operatorOf(node: INestApplication, account: string): Promise<Professional> {
  const professional = await professionalOf(node.get(DataSource).manager, account);
  if (!professional?.roles.includes('operator')) throw new Problem('not-allowed');
  return professional;
}

/** Reads what was given as the API reads a request. @throws Problem `invalid-input` */
const validated = <T>(metatype: Type<T>, value: object): Promise<T> =>
  problemValidationPipe().transform(value, { type: 'body', metatype }) as Promise<T>;

const WORK_COLUMNS = ['name', 'last run', 'outcome', 'next run', 'what it does'];
const AUDIT_COLUMNS = ['when', 'who', 'what', 'about'];

const workRow = ({ name, title, startedAt, nextRunAt, ...work }: ScheduledWorkShown): string[] => [
  ...[name, startedAt ?? 'never', outcomeText({ startedAt, ...work }), nextRunAt, title],
];

function outcomeText({
  startedAt,
  finishedAt,
  outcome,
  items,
  failures,
}: Pick<ScheduledWorkShown, 'startedAt' | 'finishedAt' | 'outcome' | 'items' | 'failures'>): string {
  if (startedAt === null) return '–';
  if (finishedAt === null) return 'goes on, or was broken off';
  return outcome === 'failed' ? `failed, ${failures} in a row` : `done, ${items ?? 0} items`;
}

const fieldsText = (fields: Record<string, unknown>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

/** Columns as wide as what stands in them. */
function tableOf(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
