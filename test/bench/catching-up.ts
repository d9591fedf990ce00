import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { PARTS } from '../../deploy/local/environments.js';
import { Federation } from '../../deploy/local/federation.js';
import { query } from '../federation/database.js';
import { Visitor } from '../federation/http/visitor.js';
import { castOf, writeRegions } from '../faults/regions.js';
import { TcpProxy } from '../faults/tcp-proxy.js';

/*
 * Two figures about catching up, on one federation of three regions:
 *  - a region is cut off from the hub while 10,000 signals come in elsewhere and 1,000 of its own;
 *  - then the relay's database and the hub's storage are deleted, and everything comes back from the nodes.
 * Prints duration and rate of each, and fails when a match is missing or somebody is mailed again.
 */

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } });
const scale = Number(values.scale);
const of = (count: number) => Math.round(count * scale);

/** Ranges of youths by region: 10,000 signals in the first two, 1,000 in the third; 2,500 pairs of regions share a youth. */
const YOUTHS = of(8_500);
const RANGES: Record<string, [number, number][]> = {
  noord: [[0, of(5_000)]],
  oost: [[of(3_500), of(8_500)]],
  zuid: [
    [0, of(500)],
    [of(8_000), of(8_500)],
  ],
};
const MATCHES = of(1_500) + of(500) + of(500);
const CUT_OFF = 'zuid';
const AT_ONCE = 3;

const seconds = (since: number) => (performance.now() - since) / 1000;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Fictional numbers that pass the 11-test. */
function* numbers(): Generator<string> {
  for (let eight = 99_990_000; eight < 100_000_000; eight += 1) {
    const digits = String(eight).padStart(8, '0');
    const check = [...digits].reduce((sum, digit, at) => sum + Number(digit) * (9 - at), 0) % 11;
    if (check < 10) yield `${digits}${check}`;
  }
}
const bsns = [...numbers()].slice(0, YOUTHS);
if (bsns.length < YOUTHS) throw new Error(`there are only ${bsns.length} test numbers`);
const BIRTH_DATE = '2014-05-15';
const personOf = (bsn: string) => ({
  burgerservicenummer: bsn,
  naam: { voornamen: 'Test', geslachtsnaam: 'Proef', volledigeNaam: 'Test Proef' },
  geboorte: { datum: { type: 'Datum', datum: BIRTH_DATE, langFormaat: '15 mei 2014' } },
  geslacht: { code: 'V' },
  ouders: [],
  kinderen: [],
  gemeenteVanInschrijving: { code: '0014' },
  datumInschrijvingInGemeente: { type: 'Datum', datum: '2019-01-01', langFormaat: '1 januari 2019' },
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'verwijsindex-bench-'));
const casts = castOf(3);
writeRegions(path.join(folder, 'regions'), casts);
writeFileSync(path.join(folder, 'persons.json'), JSON.stringify(bsns.map(personOf)));

let link: TcpProxy | undefined;
const federation = await Federation.start({
  population: path.join(folder, 'persons.json'),
  regions: path.join(folder, 'regions'),
  settings: async (program, usual) => {
    if (program !== CUT_OFF) return usual;
    const url = new URL(usual.NATS_URL!);
    link = await TcpProxy.start(Number(url.port));
    url.port = String(link.port);
    return { ...usual, NATS_URL: url.href };
  },
});

const regionsUrl = new Map(federation.regions.map(({ id, url }) => [id, url]));
const one = async (party: string, sql: string): Promise<number> =>
  Number((await query<{ n: string }>(federation.postgres.urlOf(party), sql))[0]!.n);
const parties = ['relay', ...casts.map(({ region }) => region)];

/** What is still on its way. */
async function waiting(): Promise<number> {
  const counts = await Promise.all([
    ...parties.map((party) => one(party, 'select count(*) as n from outbox_message')),
    ...casts.map(({ region }) => one(region, 'select count(*) as n from handle where secret is null')),
    ...casts.map(({ region }) => one(region, `select count(*) as n from mail where state = 'queued'`)),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}
const opened = async () =>
  (
    await Promise.all(
      casts.map(({ region }) =>
        one(region, 'select count(*) as n from federated_match where in_card is not null'),
      ),
    )
  ).reduce((sum, count) => sum + count, 0);

/** Waits until nothing is on its way; gives up when nothing moves for two minutes. */
async function settled(done: () => Promise<boolean>): Promise<void> {
  let [last, moved] = ['', performance.now()];
  for (;;) {
    const left = await waiting().catch(() => -1);
    const state = `${left} ${await opened()}`;
    if (left === 0 && (await done())) return;
    if (state !== last) [last, moved] = [state, performance.now()];
    if (seconds(moved) > 120) throw new Error(`nothing moves; ${left} still on their way`);
    await sleep(2_000); // looking costs something too
  }
}

/** Everybody of these regions files what their range says. @returns how many signals, and in how many seconds */
async function file(regions: string[]): Promise<[number, number]> {
  const begin = performance.now();
  let count = 0;
  const work = regions.flatMap((region) => {
    const { filers } = casts.find((cast) => cast.region === region)!;
    const all = RANGES[region]!.flatMap(([from, to]) => bsns.slice(from, to));
    return filers.slice(0, AT_ONCE).map(async ({ subject }, n) => {
      const visitor = new Visitor(regionsUrl.get(region)!, subject);
      for (let at = n; at < all.length; at += AT_ONCE) {
        const youth = { bsn: all[at], birthDate: BIRTH_DATE };
        const { status } = await visitor.post('signals', { youth, informed: 'yes' });
        if (status !== 201) throw new Error(`filing in ${region} gave ${status}`);
        if (++count % 1_000 === 0) say(`  ${count} signals filed`);
      }
    });
  });
  await Promise.all(work);
  return [count, seconds(begin)];
}

const report = (what: string, count: number, unit: string, took: number) =>
  say(`${what}: ${took.toFixed(1)} s, ${(count / took).toFixed(0)} ${unit} per second`);

try {
  await federation.changeRegister(({ regions }) => ({
    regions: regions.map((region) => ({ ...region, dailyQuota: 100_000 })),
  }));
  say(`${CUT_OFF} is cut off`);
  link!.cut();
  const [[elsewhere, filing], [own]] = await Promise.all([file(['noord', 'oost']), file([CUT_OFF])]);
  report(
    `${elsewhere} signals elsewhere, ${own} in ${CUT_OFF}, filed over HTTP`,
    elsewhere + own,
    'signals',
    filing,
  );
  const mended = performance.now();
  link!.mend();
  const complete = async () =>
    (await one('relay', 'select count(*) as n from match')) === MATCHES && (await opened()) === 2 * MATCHES;
  await settled(complete);
  report(
    `caught up after being cut off: ${own} signals, ${MATCHES} matches`,
    own,
    'signals',
    seconds(mended),
  );

  const mails = async () =>
    ((await (await fetch(`${federation.mails.url}/api/mails`)).json()) as object[]).length;
  const before = await mails();
  const tags = await one('relay', 'select count(*) as n from tag');
  await federation.stopPart(PARTS.relay);
  await federation.stopPart(PARTS.hub);
  const names = await query<{ name: string }>(
    federation.postgres.urlOf('relay'),
    `select string_agg(format('%I', tablename), ', ') as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
  );
  await query(federation.postgres.urlOf('relay'), `truncate ${names[0]!.name} restart identity`);
  rmSync(federation.hubStore, { recursive: true, force: true });
  const emptied = performance.now();
  await federation.startPart(PARTS.hub);
  await federation.startPart(PARTS.relay);
  await settled(
    async () => (await complete()) && (await one('relay', 'select count(*) as n from tag')) === tags,
  );
  report(
    `rebuilt relay and hub from nothing: ${tags} tags, ${MATCHES} matches`,
    tags,
    'tags',
    seconds(emptied),
  );
  const again = (await mails()) - before;
  say(`mails sent again: ${again}`);
  if (again !== 0) process.exitCode = 1;
} finally {
  await federation.stop();
  await link?.stop();
  rmSync(folder, { recursive: true, force: true });
}
