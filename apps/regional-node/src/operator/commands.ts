import type { INestApplication, Type } from '@nestjs/common';
import { invalidField, Problem, problemValidationPipe } from '#libs/problems';
import { DataSource } from 'typeorm';
import {
  AppointmentsController,
  AppointRequest,
  ChangeLoginRequest,
  ChangeProcessManagerRequest,
  DismissRequest,
  OperatorProposals,
  type AppointmentsShown,
} from '../appointments/index.js';
import { AuditController, AuditQuery } from '../audit/index.js';
import { Covenants } from '../covenant/index.js';
import {
  CovenantChangesController,
  CovenantChangesService,
  WrittenCovenant,
} from '../covenant-changes/index.js';
import { designationsOf, mayAct, type Professional } from '../directory/index.js';
import { LoginsController } from '../logins/index.js';
import {
  LoadMunicipalitiesRequest,
  MunicipalitiesController,
  type MunicipalityTableState,
} from '../municipalities/index.js';
import { PersonConfirmations, PersonProposalsController } from '../professionals/index.js';
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
  of?: string;
  account?: string;
  municipality?: string;
  deputy?: string;
  accept?: string;
  to?: string;
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
    const checked = await node.get(CovenantChangesController, { strict: false }).check(written);
    return {
      value: checked,
      text: [
        `The covenant of ${checked.name} is valid: ${checked.organisations} organisations.`,
        ...checked.warnings.map(warningText),
      ].join('\n'),
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

const covenantConfirmBsn: Command = {
  name: 'covenant confirm-bsn',
  usage: 'covenant confirm-bsn VERSION',
  says: 'the second pair of eyes for a right to the BSN in a version, where no other operator can confirm',
  ...{ takes: 'one', readsFile: false, options: [] },
  async run(node, { what }) {
    const version = Number(what);
    if (!Number.isSafeInteger(version)) throw new Problem('not-found');
    await node.get(CovenantChangesService, { strict: false }).confirmBsnOnMachine(version);
    return appointed(`The right to the BSN in version ${version} is confirmed.`);
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

const municipalitiesShow: Command = {
  name: 'municipalities show',
  usage: 'municipalities show',
  says: 'the table of municipalities by which the node goes: how old it is, and which codes it lacks',
  ...{ takes: 'nothing', readsFile: false, options: [] },
  async run(node) {
    return tableAnswer(await node.get(MunicipalitiesController, { strict: false }).state());
  },
};

const municipalitiesLoad: Command = {
  name: 'municipalities load',
  usage: 'municipalities load FILE --of DAY --as ACCOUNT',
  says: 'load a newer table 33 (CSV), published on DAY; the node goes by it within seconds',
  ...{ takes: 'one', readsFile: true, options: ['of', 'as'] },
  async run(node, { text, of: asOf = '', as: account = '' }) {
    const operator = await operatorOf(node, account);
    const request = await validated(LoadMunicipalitiesRequest, { csv: text, asOf });
    return tableAnswer(await node.get(MunicipalitiesController, { strict: false }).load(operator, request));
  },
};

const appointmentsList: Command = {
  name: 'appointments list',
  usage: 'appointments list --as ACCOUNT',
  says: 'process managers, coordinators and operators, what is proposed, and municipalities without process manager',
  ...{ takes: 'nothing', readsFile: false, options: ['as'] },
  async run(node, { as: account = '' }) {
    const shown = await node
      .get(AppointmentsController, { strict: false })
      .list(await operatorOf(node, account));
    return { value: shown, text: appointmentsText(shown) };
  },
};

const appointmentsAppoint: Command = {
  name: 'appointments appoint',
  usage:
    'appointments appoint ROLE --account ACCOUNT [--municipality CODE] [--deputy ACCOUNT] [--accept CODES] --as ACCOUNT',
  says: 'appoint somebody in the directory as process-manager, coordinator or operator; an operator is proposed',
  ...{ takes: 'one', readsFile: false, options: ['account', 'municipality', 'deputy', 'accept', 'as'] },
  async run(node, { what: role, account, municipality, deputy, accept, as: by = '' }) {
    const operator = await operatorOf(node, by);
    const request = await validated(AppointRequest, {
      ...{ role, professional: await idOf(node, account), ...acceptedIn(accept) },
      ...(municipality === undefined ? {} : { municipality }),
      ...(deputy === undefined ? {} : { deputy: (await idOf(node, deputy)) ?? '' }),
    });
    await node.get(AppointmentsController, { strict: false }).appoint(operator, request);
    return appointed(role === 'operator' ? PROPOSED : `${account} is ${role} now.`);
  },
};

const appointmentsChange: Command = {
  name: 'appointments change',
  usage:
    'appointments change ACCOUNT [--municipality CODE] [--deputy ACCOUNT|none] [--accept CODES] --as ACCOUNT',
  says: 'give a process manager another municipality or deputy',
  ...{ takes: 'one', readsFile: false, options: ['municipality', 'deputy', 'accept', 'as'] },
  async run(node, { what: account, municipality, deputy, accept, as: by = '' }) {
    const operator = await operatorOf(node, by);
    const request = await validated(ChangeProcessManagerRequest, {
      ...acceptedIn(accept),
      ...(municipality === undefined ? {} : { municipality }),
      ...(deputy === undefined
        ? {}
        : { deputy: deputy === 'none' ? null : ((await idOf(node, deputy)) ?? '') }),
    });
    const id = (await idOf(node, account)) ?? '';
    await node.get(AppointmentsController, { strict: false }).change(operator, id, request);
    return appointed(`${account} is changed.`);
  },
};

const appointmentsDismiss: Command = {
  name: 'appointments dismiss',
  usage: 'appointments dismiss ROLE --account ACCOUNT [--accept CODES] --as ACCOUNT',
  says: 'dismiss somebody from a role; of an operator it is proposed',
  ...{ takes: 'one', readsFile: false, options: ['account', 'accept', 'as'] },
  async run(node, { what: role, account, accept, as: by = '' }) {
    const operator = await operatorOf(node, by);
    const request = await validated(DismissRequest, { role, ...acceptedIn(accept) });
    const id = (await idOf(node, account)) ?? '';
    await node.get(AppointmentsController, { strict: false }).dismiss(operator, id, request);
    return appointed(role === 'operator' ? PROPOSED : `${account} is ${role} no more.`);
  },
};

const appointmentsConfirm: Command = {
  name: 'appointments confirm',
  usage: 'appointments confirm ID',
  says: 'the second pair of eyes for a proposal, where no other operator can confirm; it goes into the logbook',
  ...{ takes: 'one', readsFile: false, options: [] },
  async run(node, { what: id = '' }) {
    await node.get(OperatorProposals, { strict: false }).confirmOnMachine(id);
    return appointed('The proposal is confirmed.');
  },
};

const peopleProposals: Command = {
  name: 'people proposals',
  usage: 'people proposals --as ACCOUNT',
  says: 'what about people waits for a second person: designations, stand-ins, successors',
  ...{ takes: 'nothing', readsFile: false, options: ['as'] },
  async run(node, { as: account = '' }) {
    const operator = await operatorOf(node, account);
    const shown = await node.get(PersonProposalsController, { strict: false }).list(operator);
    const rows = shown.proposals.map(({ id, kind, person, organisation, proposedBy, onMachine }) => [
      ...[id, kind, person.name, organisation, proposedBy.name, onMachine ? 'yes' : 'no'],
    ]);
    const columns = ['id', 'what', 'about', 'organisation', 'proposed by', 'by command'];
    return { value: shown, text: tableOf([columns, ...rows]) };
  },
};

const peopleConfirm: Command = {
  name: 'people confirm',
  usage: 'people confirm ID',
  says: 'the second pair of eyes for such a proposal, where no other operator can confirm; it goes into the logbook',
  ...{ takes: 'one', readsFile: false, options: [] },
  async run(node, { what: id = '' }) {
    await node.get(PersonConfirmations, { strict: false }).confirmOnMachine(id);
    return appointed('The proposal is confirmed.');
  },
};

const loginsList: Command = {
  name: 'logins list',
  usage: 'logins list',
  says: 'who logged in these 30 days and is not in the directory: identifiers only',
  ...{ takes: 'nothing', readsFile: false, options: [] },
  async run(node) {
    const unknown = await node.get(LoginsController, { strict: false }).list();
    const rows = unknown.map(({ subject, count, firstSeenAt, lastSeenAt }) => [
      ...[subject, String(count), firstSeenAt, lastSeenAt],
    ]);
    return { value: unknown, text: tableOf([['account', 'logins', 'first', 'last'], ...rows]) };
  },
};

const loginsChange: Command = {
  name: 'logins change',
  usage: 'logins change ACCOUNT --to ACCOUNT --as ACCOUNT',
  says: 'give somebody another login; it is proposed where their present one has worked',
  ...{ takes: 'one', readsFile: false, options: ['to', 'as'] },
  async run(node, { what: account, to: subject, as: by = '' }) {
    const operator = await operatorOf(node, by);
    const request = await validated(ChangeLoginRequest, { subject });
    const id = (await idOf(node, account)) ?? '';
    const done = await node.get(AppointmentsController, { strict: false }).changeLogin(operator, id, request);
    return { value: done, text: done.proposed ? PROPOSED : `${account} is ${subject} now.` };
  },
};

const PROPOSED =
  'It is proposed. Another operator confirms it on the screen; where there is none: appointments list, and appointments confirm.';

const appointed = (text: string): Answer => ({ value: { done: true }, text });

const acceptedIn = (codes: string | undefined): { accepted?: string[] } =>
  codes === undefined ? {} : { accepted: codes.split(',').filter(Boolean) };

/**
 * The id of somebody by their account, `ACCOUNT` or `ACCOUNT/ORGANISATION`; undefined for nobody.
 * @throws Problem `invalid-input` for the account of somebody with several organisations
 */
async function idOf(node: INestApplication, account = ''): Promise<string | undefined> {
  const { manager } = node.get(DataSource);
  const all = await designationsOf(manager, account);
  const present = all.filter(mayAct);
  if (present.length > 1)
    throw invalidField(
      'account',
      'several',
      'Deze persoon werkt voor meer organisaties. Noem ook de organisatie.',
    );
  if (all.length > 0) return (present[0] ?? all[0])!.id;
  const slash = account.lastIndexOf('/');
  const named = await designationsOf(manager, account.slice(0, slash));
  return named.find(({ organisationId }) => organisationId === account.slice(slash + 1))?.id;
}

function appointmentsText({ appointments, proposals, warnings }: AppointmentsShown): string {
  const rows = appointments.map(({ role, name, organisation, municipality = '', deputy }) => [
    ...[role, name, organisation, municipality, deputy?.name ?? ''],
  ]);
  const proposed = proposals.map(
    ({ id, kind, person, proposedBy, onMachine, subject }) =>
      `${id}  ${proposedBy.name} proposes to ${kind.replace('-', ' ')} ${kind === 'change-login' ? `of ${person.name} to ${subject}` : person.name}${onMachine ? '; appointments confirm can' : ''}`,
  );
  return [
    tableOf([['role', 'name', 'organisation', 'municipality', 'deputy'], ...rows]),
    ...(proposed.length > 0 ? ['', 'What is proposed:', ...proposed] : []),
    ...warnings.map(warningText),
  ].join('\n');
}

const warningText = ({ code, name, why }: AppointmentsShown['warnings'][number]): string =>
  `Warning: ${name} (${code}) ${WARNINGS[why]}.`;

const WARNINGS = {
  'without-process-manager': 'has no process manager',
  ended: 'does not exist any more',
  unknown: 'is not in the table',
} as const;

function tableAnswer(state: MunicipalityTableState): Answer {
  const { asOf, old, inUse, unknown } = state;
  const lines = [
    `The table is of ${asOf}: ${inUse} municipalities today.`,
    ...(old ? ['It is old: a 1 January has come since. Load a newer one.'] : []),
    ...(unknown.length > 0
      ? [`Codes of the person register or the directory that it lacks: ${unknown.join(', ')}.`]
      : []),
  ];
  return { value: state, text: lines.join('\n') };
}

export const COMMANDS: readonly Command[] = [
  workList,
  workRun,
  covenantCheck,
  covenantExport,
  covenantConfirmBsn,
  auditSearch,
  municipalitiesShow,
  municipalitiesLoad,
  appointmentsList,
  appointmentsAppoint,
  appointmentsChange,
  appointmentsDismiss,
  appointmentsConfirm,
  peopleProposals,
  peopleConfirm,
  loginsList,
  loginsChange,
];

export const HELP = `What the operator of a regional node does on its machine, with the settings of the node.

${COMMANDS.map(({ usage, says }) => `  ${usage}\n      ${says}`).join('\n')}

  ACCOUNT        of somebody with several organisations: ACCOUNT/ORGANISATION
  --as ACCOUNT   the operator who asks, as the directory knows the account; it goes into the logbook
  --json         the answer for programs: what the API answers
  --help         this text

Ends with 0 when it is done, 1 when it is refused or fails, 2 when it is no command.
`;

/** @throws Problem `not-allowed` when nobody with this account is an operator */
async function operatorOf(node: INestApplication, account: string): Promise<Professional> {
  const designations = await designationsOf(node.get(DataSource).manager, account);
  const operator = designations.find((each) => mayAct(each) && each.roles.includes('operator'));
  if (!operator) throw new Problem('not-allowed');
  return operator;
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
