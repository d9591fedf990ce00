import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dayInAmsterdam } from '#libs/calendar';
import { MunicipalityTable, ownTable, readTable33, textOfTable33 } from '#libs/municipalities';
import {
  Signer,
  signRegister,
  withMunicipalities,
  withNewRegion,
  withState,
  type KeyPairText,
  type MunicipalityCodes,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { putInForce, registerInForce, registerToChange } from './apply.js';
import { configureHub, type HubPlace } from './configure.js';
import { prepareRegion } from './prepare.js';
import { readJson, readSettings, type RegionSettings } from './settings.js';

const HELP = `Adds, suspends, readmits and removes regions of the federation.

  npm run region -- list
  npm run region -- add FILE [--quota N]     a region that applies, by its application
  npm run region -- change ID --municipalities 0001,0002
                                             a region has other municipalities from now on, all of them named
  npm run region -- suspend ID               for the time being: its connection is closed, what it has put is kept
  npm run region -- readmit ID               a suspended region takes part again
  npm run region -- remove ID                for good: what it has put is deleted
  npm run region -- apply FILE               a register that was signed on another machine
  npm run region -- configure FILE           the first configuration of a hub, from what its operator decides
  npm run region -- prepare FOLDER --id ID --name NAME [--municipalities 0001,0002] [--subject TEXT]
                                             for a region: makes its keys and its application

  --settings FILE    what is where, by default region.json (deploy/hub/README.md)
  --accept PARTY     a party that may stay behind a register that it cannot read; may be given several times
  --table FILE       a newer table 33 of municipalities (CSV) than the one of this software
  --quota N          evaluations that each key holder grants the region per day, by default 5000
`;
const DAILY_QUOTA = 5_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Change = (before: RegionRegister) => RegionRegister;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      settings: { type: 'string', default: 'region.json' },
      quota: { type: 'string' },
      accept: { type: 'string', multiple: true, default: [] },
      id: { type: 'string' },
      name: { type: 'string' },
      municipalities: { type: 'string' },
      table: { type: 'string' },
      subject: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, what, ...more] = positionals;
  if (values.help || !command) return say(HELP);
  const settings = (): RegionSettings => readSettings(values.settings);
  const given = (): string => {
    if (!what || more.length > 0) throw new Error(`${command} takes one thing; --help tells which`);
    return what;
  };
  switch (command) {
    case 'list':
      return say(listOf(registerInForce(settings())));
    case 'add': {
      const [application, quota] = [readJson(given()), quotaOf(values.quota)];
      const codes = municipalityCodes(values.table);
      await change(settings(), (before) => withNewRegion(before, application, quota, codes));
      return say(`${(application as { id: string }).id} takes part.`);
    }
    case 'change': {
      if (values.municipalities === undefined) throw new Error('change needs --municipalities');
      const [id, wanted] = [given(), listIn(values.municipalities)];
      const table = municipalityTable(values.table);
      let said = '';
      await change(settings(), (before) => {
        const after = withMunicipalities(before, id, wanted, codesOf(table));
        said = differenceOf(before, after, id, table);
        return after;
      });
      return say(said);
    }
    case 'suspend':
      await change(settings(), (before) => withState(before, given(), 'suspended'));
      return say(`${what} is suspended: it is not let in. What it has put is kept.`);
    case 'readmit':
      await change(settings(), (before) => withState(before, given(), 'admitted'));
      return say(`${what} takes part again.`);
    case 'remove':
      await change(settings(), (before) => withState(before, given(), 'removed'));
      return say(`${what} is removed: it is not let in, and what it has put is deleted.`);
    case 'apply':
      return putInForce(settings(), readJson(given()) as SignedRegister, say, values.accept);
    case 'configure': {
      const { hub, ...rest } = settings();
      if (!hub) throw new Error('the settings name no configuration of the hub');
      const bytes = configureHub(hub, registerInForce(rest), readJson(given()) as HubPlace);
      return say(`${hub} is written; the streams may take ${Math.floor(bytes / 1024 ** 2)} MiB.`);
    }
    case 'prepare': {
      const { id, name, subject: certificateSubject } = values;
      if (!id || !name) throw new Error('prepare needs --id and --name');
      const municipalities = listIn(values.municipalities ?? '');
      const authority = certificateSubject ? undefined : settings().authority;
      await prepareRegion(given(), { id, name, municipalities, certificateSubject }, authority);
      return say(
        `${path.join(given(), 'application.json')} is for the coordinator; the rest stays with the region.`,
      );
    }
    default:
      throw new Error(`there is no command ${command}; --help tells all`);
  }
}

/** Has the coordinator sign the next version of the register, and puts it in force. */
async function change(settings: RegionSettings, to: Change): Promise<void> {
  const before = registerToChange(settings);
  const after = to(before);
  if (!settings.coordinator)
    throw new Error(
      'the settings name no key of the coordinator: sign where it is, and apply the register here',
    );
  const coordinator = new Signer(readJson(settings.coordinator) as KeyPairText);
  const next = { ...after, version: before.version + 1, issuedAt: new Date().toISOString() };
  await putInForce(settings, signRegister(coordinator, next), say);
}

const listIn = (text: string): string[] =>
  text
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean);

/** @throws NoTable33 */
const municipalityTable = (file: string | undefined): MunicipalityTable =>
  file === undefined
    ? ownTable()
    : new MunicipalityTable(readTable33(textOfTable33(readFileSync(file))), dayInAmsterdam(new Date()));

const municipalityCodes = (file: string | undefined): MunicipalityCodes => codesOf(municipalityTable(file));

function codesOf(table: MunicipalityTable): MunicipalityCodes {
  const today = dayInAmsterdam(new Date());
  return {
    present: (code) => table.on(code, today),
    findingOf(code) {
      const fact = table.factOf(code);
      if (!fact)
        return {
          code: 'unknown',
          says: `${code} is not in the table of ${table.asOf}; --table takes a newer one`,
        };
      if (fact.end === undefined || fact.end > today) return undefined;
      const next = table.on(code, today);
      const successor = next === code ? '' : `; ${next} ${table.nameOf(next)} is in its place`;
      return { code: 'ended', says: `${code} ${fact.name} ended on ${fact.end}${successor}` };
    },
  };
}

/** What changed for a region, by name. */
function differenceOf(
  before: RegionRegister,
  after: RegionRegister,
  id: string,
  table: MunicipalityTable,
): string {
  const codesIn = ({ regions }: RegionRegister) => regions.find((each) => each.id === id)!.municipalities;
  const [old, present] = [codesIn(before), codesIn(after)];
  const named = (codes: string[]) =>
    codes.map((code) => `${code} ${table.nameOf(code)}`).join(', ') || 'none';
  const come = present.filter((code) => !old.includes(code));
  const gone = old.filter((code) => !present.includes(code));
  return `${id} has ${present.length} municipalities. New: ${named(come)}. No longer: ${named(gone)}.`;
}

function quotaOf(text = String(DAILY_QUOTA)): number {
  const quota = Number(text);
  if (!(Number.isInteger(quota) && quota >= 0 && quota <= 1_000_000))
    throw new Error('--quota must be a whole number from 0 to 1000000');
  return quota;
}

function listOf({ version, issuedAt, epoch, keyHolders, threshold, regions }: RegionRegister): string {
  const head = `Version ${version} of the register, of ${issuedAt.slice(0, 16).replace('T', ' ')}; key epoch ${epoch}, any ${threshold} of ${keyHolders.length} key holders.`;
  const widest = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const width = widest(regions.map(({ id }) => id));
  const rows = regions.map(
    ({ id, state, name, municipalities, dailyQuota, certificateSubject }) =>
      `  ${id.padEnd(width)}  ${state.padEnd(9)}  ${name}, ${municipalities.length} municipalities, ${dailyQuota} a day, ${certificateSubject}`,
  );
  return [head, ...rows].join('\n');
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
