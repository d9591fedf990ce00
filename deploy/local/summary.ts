import { NATIONAL_COORDINATOR } from './demo.js';
import { type Federation } from './federation.js';

const ROLE_NAMES: Record<string, string> = {
  professional: 'professional',
  coordinator: 'organisation coordinator',
  'process-manager': 'process manager',
  operator: 'operator',
  'national-coordinator': 'national coordinator',
};

const INDENT = '  ';

/** Where everything is and as whom to log in, as text for a terminal. */
export function summary({ regions, relay, keyHolders, brp, idp, mails }: SummaryOf): string {
  const addresses = [
    ...regions.map(({ name, url }): Row => [
      name,
      url,
      `screens; the API is described at ${url}/api/v1/openapi.json`,
    ]),
    ['National relay', relay.url, 'screens of the national coordinator'] as Row,
    ['Mail', mails.url, 'every mail that the federation sends'] as Row,
    ['Identity provider', idp.url, 'the accounts below, without passwords'] as Row,
    ['Person register', `${brp.url}/health/ready`, `API at ${brp.url}/haalcentraal/api/brp`] as Row,
    ...keyHolders.map(({ name, url }): Row => [name, `${url}/health/ready`, '']),
  ];
  const accounts = [
    ...regions.flatMap(({ name, accounts }) => ['', name, ...table(accounts.map(accountRow))]),
    '',
    'National',
    ...table([accountRow(NATIONAL_COORDINATOR)]),
  ];
  return ['', 'Addresses', ...table(addresses), '', 'Accounts', ...accounts, ''].join('\n');
}

type SummaryOf = Pick<Federation, 'regions' | 'relay' | 'keyHolders' | 'brp' | 'idp' | 'mails'>;
type Row = string[];

/** Whoever logs in needs the account's name and role, and no contact data. */
const accountRow = ({ subject, roles }: { subject: string; roles: string[] }): Row => [
  subject,
  roles.map((role) => ROLE_NAMES[role] ?? role).join(', '),
];

function table(rows: Row[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(
    (row) =>
      INDENT +
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join(INDENT)
        .trimEnd(),
  );
}
