import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PersonSecret } from '#libs/pseudonyms';
import { SealingKey } from '#libs/sealing';
import { Federation } from '../../deploy/local/federation.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { query } from '../federation/database.js';
import { Mailbox, type CaughtMail } from '../federation/http/mailbox.js';
import { Visitor } from '../federation/http/visitor.js';
import { bytes, text, type Needle } from './needles.js';

/** Everything that was written or sent while a federation worked, channel by channel. */
export interface Recording {
  broker: Buffer;
  logs: { program: string; line: string }[];
  mails: { mail: CaughtMail; source: string }[];
  relayStorage: Buffer;
  keyHolderStorage: Buffer;
  /** Table and column of everything that the relay, and a key holder, can keep. */
  relayColumns: string[];
  keyHolderColumns: string[];
  /** Numbers, names and birth dates of the youths and their parents. */
  persons: Needle[];
  secrets: Needle[];
  tags: Needle[];
  /** Names, phone numbers and addresses of the professionals who matched. */
  contacts: Needle[];
}

interface Persoon {
  burgerservicenummer: string;
  naam: { voornamen?: string; voorvoegsel?: string; geslachtsnaam?: string };
  geboorte?: { datum?: { type: string; datum?: string; langFormaat?: string } };
  ouders?: { burgerservicenummer?: string }[];
}

/** A youth in Utrecht, and his half-brother in Rotterdam (see the population's README). */
const YOUTH = { bsn: '999910036', birthDate: '2011-06-02' };
const HALF_BROTHER = { bsn: '999910048', birthDate: '2015-09-21' };
/** A girl without BSN, on whom two people of two regions file. */
const WITHOUT_BSN = { withoutBsn: true, surname: 'El Ouazzani', birthDate: '2013-07-19', sex: 'V' };
const PATIENCE_MS = 300_000;

/** Runs a federation, from `distRoot` if given, lets people in three regions find each other and part again, and keeps all that was said. */
export async function record(distRoot?: string): Promise<Recording> {
  const connections = new Map<string, Buffer[]>();
  const logs: Recording['logs'] = [];
  const federation = await Federation.start({
    ...(distRoot ? { distRoot } : {}),
    recordBroker: (chunk, direction, connection) => {
      const key = `${direction} ${connection}`;
      connections.set(key, [...(connections.get(key) ?? []), Buffer.from(chunk)]);
    },
    onLine: (program, line) => logs.push({ program, line }),
  });
  try {
    const { secrets, tags, contacts } = await play(federation);
    const mailbox = new Mailbox(federation.mails.url);
    const mails = await Promise.all(
      (await mailbox.all()).map(async (mail) => ({ mail, source: await mailbox.source(mail) })),
    );
    const holders = federation.keyHolders.map(({ id }) => federation.postgres.urlOf(id));
    return {
      broker: Buffer.concat([...connections.values()].map((chunks) => Buffer.concat(chunks))),
      logs,
      mails,
      relayStorage: await contentOf(federation.postgres.urlOf('relay')),
      keyHolderStorage: Buffer.concat(await Promise.all(holders.map(contentOf))),
      relayColumns: await columnsOf(federation.postgres.urlOf('relay')),
      keyHolderColumns: await columnsOf(holders[0]!),
      persons: personNeedles(),
      secrets,
      tags,
      contacts,
    };
  } finally {
    await federation.stop();
  }
}

/**
 * The life of three signals, up to and including the end of one, with two on a youth without BSN meanwhile, and what the archive of one region
 * tells in another.
 */
async function play(federation: Federation): Promise<Pick<Recording, 'secrets' | 'tags' | 'contacts'>> {
  const urlOf = (id: string) => federation.regions.find((region) => region.id === id)!.url;
  const people = [
    { visitor: new Visitor(urlOf('midden-nederland'), 'mn-jeugdzorg'), youth: YOUTH },
    { visitor: new Visitor(urlOf('jeugdmatch'), 'jm-jeugdarts'), youth: YOUTH },
    { visitor: new Visitor(urlOf('rijnmond'), 'rm-jeugdzorg'), youth: HALF_BROTHER },
  ];
  const contacts: Needle[] = [];
  const signals: { visitor: Visitor; id: string }[] = [];
  for (const { visitor, youth } of people) {
    const me = await visitor.read<{ name: string; phone: string; email: string }>('me');
    contacts.push(
      text('name of a professional', me.name, true),
      text('e-mail of a professional', me.email, true),
    );
    await visitor.post('signals/_preview', { youth });
    const filed = await visitor.post('signals', { youth, informed: 'yes' });
    if (filed.status !== 201) throw new Error(`a signal was not filed: ${filed.status}`);
    signals.push({ visitor, id: (filed.body as { id: string }).id });
    await visitor.get('signals?expand=youth');
  }
  for (const { visitor } of people) await until(async () => involvedOf(await visitor.get('matches')) === 2);
  contacts.push(
    ...(await playWithoutBsn(
      new Visitor(urlOf('midden-nederland'), 'mn-leerkracht'),
      new Visitor(urlOf('rijnmond'), 'rm-wijkteam'),
    )),
  );
  const { secrets, tags } = await pseudonymsOf(federation);
  // a leaking build may not get as far as mails in all regions; they are waited for, not counted
  await until(async () => (await new Mailbox(federation.mails.url).all()).length >= 3);
  const first = signals[0]!;
  const ended = await first.visitor.post(`signals/${first.id}/_end`, { reason: 'risk-gone' });
  if (ended.status !== 204) throw new Error(`a signal was not ended: ${ended.status}`);
  await until(async () => involvedOf(await people[2]!.visitor.get('matches')) === 1);
  const next = new Visitor(urlOf('rijnmond'), 'rm-wijkteam');
  const filed = await next.post('signals', { youth: YOUTH, informed: 'yes' });
  if (filed.status !== 201) throw new Error(`a signal was not filed: ${filed.status}`);
  await until(async () => {
    const mails = await new Mailbox(federation.mails.url).all();
    return mails.some(({ text: mail }) => mail.includes('eerder een signaal in een andere regio'));
  });
  // let what is on its way arrive
  await sleep(3_000);
  return { secrets, tags, contacts };
}

/** Two people find each other around a youth without BSN, after both confirmed that it can be the same one. */
async function playWithoutBsn(...visitors: Visitor[]): Promise<Needle[]> {
  const contacts: Needle[] = [];
  for (const visitor of visitors) {
    const me = await visitor.read<{ name: string; email: string }>('me');
    contacts.push(
      text('name of a professional', me.name, true),
      text('e-mail of a professional', me.email, true),
    );
    await visitor.post('signals/_preview', { youth: WITHOUT_BSN });
    const filed = await visitor.post('signals', { youth: WITHOUT_BSN, informed: 'yes' });
    if (filed.status !== 201) throw new Error(`a signal was not filed: ${filed.status}`);
    await visitor.get('signals?expand=youth');
  }
  for (const visitor of visitors) {
    const possible = async () =>
      (await visitor.read<{ possible: { id: string }[] }[]>('matches'))[0]?.possible[0]?.id;
    await until(async () => (await possible()) !== undefined);
    await visitor.post(`matches/${await possible()}/_confirm`);
  }
  for (const visitor of visitors) await until(async () => involvedOf(await visitor.get('matches')) === 1);
  return contacts;
}

const involvedOf = ({ body }: { body: unknown }): number => {
  const matches = (Array.isArray(body) ? body : ((body as { matches?: unknown[] }).matches ?? [])) as {
    involved: unknown[];
  }[];
  return matches[0]?.involved.length ?? 0;
};

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + PATIENCE_MS; !(await done()); await sleep(250)) {
    if (performance.now() > deadline) throw new Error('what was waited for did not come');
  }
}

/** T and tag of every person that the regions know, opened with the regions' own keys. */
async function pseudonymsOf(federation: Federation): Promise<Pick<Recording, 'secrets' | 'tags'>> {
  const secrets: Needle[] = [];
  const tags: Needle[] = [];
  for (const { id, nodeKey } of federation.plan.regions) {
    const key = new SealingKey(nodeKey);
    const handles = await query<{ handle: Buffer; secret: Buffer; epoch: number }>(
      federation.postgres.urlOf(id),
      'select handle, secret, epoch from handle where secret is not null',
    );
    for (const { handle, secret, epoch } of handles) {
      const t = new PersonSecret(key.open(`handle-secret/${handle.toString('hex')}`, secret));
      secrets.push(bytes('T', Buffer.from(t.revealBytes())));
      for (const tag of [t.tag(epoch), t.archiveTag(epoch)])
        tags.push(bytes('tag', Buffer.from(tag.revealBase64Url(), 'base64url')));
    }
  }
  if (secrets.length < 9) throw new Error('not every person has a secret: nothing could be searched for');
  return { secrets, tags };
}

/** Numbers, names and birth dates, as they may be written, of the youths and their parents. */
function personNeedles(): Needle[] {
  const all = JSON.parse(
    readFileSync(path.join(PROJECT_ROOT, 'apps/brp-simulator/population/persons.json'), 'utf8'),
  ) as Persoon[];
  const byBsn = new Map(all.map((person) => [person.burgerservicenummer, person]));
  const youths = [YOUTH, HALF_BROTHER].map(({ bsn }) => byBsn.get(bsn)!);
  const parents = youths.flatMap((youth) =>
    (youth.ouders ?? []).flatMap((parent) => byBsn.get(parent.burgerservicenummer ?? '') ?? []),
  );
  const [year, month, date] = WITHOUT_BSN.birthDate.split('-');
  const withoutBsn = [
    text('the surname of a youth without BSN', 'ouazzani', true),
    ...[WITHOUT_BSN.birthDate, `${year}${month}${date}`, `${date}-${month}-${year}`, '19 juli 2013'].map(
      (d) => text('the birth date of a youth without BSN', d),
    ),
  ];
  const registered = [...youths, ...parents].flatMap(({ burgerservicenummer, naam, geboorte }) => {
    const surname = [naam.voorvoegsel, naam.geslachtsnaam].filter(Boolean).join(' ');
    const day = geboorte?.datum?.datum ?? '';
    const [year, month, date] = day.split('-');
    return [
      text('a BSN', burgerservicenummer),
      text('a name', `${naam.voornamen} ${surname}`, true),
      // short surnames are words too
      ...(surname.length >= 7 ? [text('a surname', surname, true)] : []),
      ...[day, day.replaceAll('-', ''), `${date}-${month}-${year}`, geboorte?.datum?.langFormaat ?? '']
        .filter((d) => d.length >= 8)
        .map((d) => text('a birth date', d)),
    ];
  });
  return [...registered, ...withoutBsn];
}

/** Every row of every table, as JSON; bytes in it are in hex. */
export async function contentOf(url: string): Promise<Buffer> {
  const tables = await query<{ name: string }>(
    url,
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  const rows = await Promise.all(
    tables.map(({ name }) =>
      query<{ row: string }>(url, `select row_to_json(t)::text as row from "${name}" t`),
    ),
  );
  return Buffer.from(
    rows
      .flat()
      .map(({ row }) => row)
      .join('\n'),
    'utf8',
  );
}

async function columnsOf(url: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    url,
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' order by 1`,
  );
  return rows.map(({ name }) => name);
}
