/**
 * Makes, once, everything that the containers of one federation need: keys, region register, hub configuration and
 * settings. Arguments: the folder of the plan, which no other container sees; the folder that the programs read; the
 * folder that only PostgreSQL reads.
 */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { demoRegions } from '../local/demo.js';
import { environments, writeFiles } from '../local/environments.js';
import { providePlan, registerFile } from '../local/plan.js';
import { rolePassword } from '../local/postgres.js';
import { writePrivate } from '../local/private-file.js';
import { environmentFile } from './environment-file.js';
import { containerPlace } from './places.js';

const [planFolder, settingsFolder, databaseFolder] = process.argv.slice(2) as [string, string, string];

const regions = demoRegions();
const plan = await providePlan(planFolder, regions);

const passwordFile = path.join(databaseFolder, 'password');
// readable by whatever account PostgreSQL has; the folder is mounted nowhere else
if (!existsSync(passwordFile))
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o444 });
const password = readFileSync(passwordFile, 'utf8');
const parties = ['relay', ...[...plan.keyHolders, ...plan.regions].map(({ id }) => id)];
const statements = parties.flatMap((party) => {
  const role = escapeIdentifier(party);
  return [
    `create role ${role} login password ${escapeLiteral(rolePassword(password, party))};`,
    `create database ${role} owner ${role};`,
    `revoke connect on database ${role} from public;`,
  ];
});
const databasesFile = path.join(databaseFolder, 'databases.sql');
rmSync(databasesFile, { force: true });
writeFileSync(databasesFile, `${statements.join('\n')}\n`, { mode: 0o444 });

const place = containerPlace(plan, settingsFolder, password);
copyFileSync(registerFile(planFolder), registerFile(settingsFolder));
writeFiles(plan, regions, place);
for (const [program, environment] of Object.entries(environments(plan, regions, place)))
  writePrivate(path.join(settingsFolder, environmentFile(program)), environmentText(environment));

/** As `node --env-file` reads it. */
function environmentText(environment: Record<string, string>): string {
  return Object.entries(environment)
    .map(([name, value]) => {
      if (/['\n]/.test(value)) throw new Error(`${name} cannot be written to an environment file`);
      return `${name}='${value}'\n`;
    })
    .join('');
}
