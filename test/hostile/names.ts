import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inboxPrefix, MESSAGES, streams, subjects, type RegionRegister } from '#libs/protocol';
import { hubConfiguration } from '../../deploy/hub/hub-configuration.js';
import { demoRegions } from '../../deploy/local/demo.js';
import { currentRegister, providePlan } from '../../deploy/local/plan.js';

/*
 * Everything that has a name at the hub, from the same sources from which the hub's configuration is made: the register, the
 * configuration itself, and the names of subjects and streams. What is new there is attacked too, without a word here.
 */

/** The register of a federation as the launcher plans it: the names are those of the one that is attacked, the keys are not. */
export const register: RegionRegister = await plannedRegister();
const regions = register.regions.map(({ id }) => id);
const holders = register.keyHolders.map(({ id }) => id);

/** The region that attacks, with its own credentials and its own code; the others mind their own business. */
export const ATTACKER = 'jeugdmatch';
export const VICTIMS = regions.filter((id) => id !== ATTACKER) as [string, string];
/** The key holder that attacks. */
export const HOSTILE_HOLDER = holders.at(-1)!;
export const RELAY_ITSELF = 'relay';

/** One user of the hub, by the name of the party, with what the configuration lets it do; the relay may do everything in its account. */
interface User {
  party: string;
  publish: string[];
  subscribe: string[];
}

interface Account {
  users?: { permissions?: { publish: Allowed; subscribe: Allowed } }[];
  exports?: { service: string }[];
  imports?: { service: { subject: string }; to?: string }[];
}
interface Allowed {
  allow: string[];
}

/** The accounts of the hub's configuration, by name. */
export function accountsIn(configuration: string): Record<string, Account> {
  const json = configuration.slice(configuration.indexOf('\n'));
  return (JSON.parse(json) as { accounts: Record<string, Account> }).accounts;
}

/** Every pattern of subjects that a configuration names. */
export function patternsIn(configuration: string): string[] {
  const patterns = Object.values(accountsIn(configuration)).flatMap(
    ({ users = [], exports = [], imports = [] }) => [
      ...users.flatMap(({ permissions }) =>
        permissions ? [...permissions.publish.allow, ...permissions.subscribe.allow] : [],
      ),
      ...exports.map(({ service }) => service),
      ...imports.flatMap(({ service, to }) => (to ? [service.subject, to] : [service.subject])),
    ],
  );
  return [...new Set(patterns)].sort();
}

const address = { host: '127.0.0.1', port: -1 };
const configuration = hubConfiguration({
  ...{ register, listen: address, monitor: address, serverName: 'hub' },
  tls: { certFile: 'hub.pem', keyFile: 'hub.key', caFile: 'ca.pem' },
  storeDir: 'streams',
  maxFileStore: 0,
});
/** Every pattern of subjects in the configuration that is generated for `register`. */
export const patterns = patternsIn(configuration);

const users: User[] = Object.entries(accountsIn(configuration)).flatMap(([account, { users = [] }]) =>
  users.map(({ permissions }) => ({
    party: account === 'HUB' ? RELAY_ITSELF : account.slice(2),
    publish: permissions?.publish.allow ?? ['>'],
    subscribe: permissions?.subscribe.allow ?? ['>'],
  })),
);

/** Calls of the JetStream API (nats-server, `server/jetstream_api.go`), for a stream `s` and a consumer `c` on it. */
const API = (s: string, c: string): string[] => [
  'INFO',
  'STREAM.NAMES',
  'STREAM.LIST',
  ...['CREATE', 'UPDATE', 'INFO', 'PURGE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].map(
    (call) => `STREAM.${call}.${s}`,
  ),
  ...['PEER.REMOVE', 'LEADER.STEPDOWN', 'DELETE'].map((call) => `STREAM.${call}.${s}`),
  `DIRECT.GET.${s}`,
  ...['CREATE', 'NAMES', 'LIST'].map((call) => `CONSUMER.${call}.${s}`),
  ...['CREATE', 'DURABLE.CREATE', 'INFO', 'PAUSE', 'UNPIN', 'LEADER.STEPDOWN', 'MSG.NEXT', 'DELETE'].map(
    (call) => `CONSUMER.${call}.${s}.${c}`,
  ),
];
/** All calls on one stream, as the relay makes them. */
export const apiOf = (stream: string, consumer: string): string[] =>
  API(stream, consumer).map((call) => `$JS.API.${call}`);

const types = (direction: 'region' | 'relay'): string[] => [
  'vreemd',
  ...Object.entries(MESSAGES).flatMap(([type, { from }]) =>
    from === direction || from === 'both' ? [type] : [],
  ),
];

/** Subjects that a pattern stands for. */
function examplesOf(pattern: string): string[] {
  if (pattern.includes('*'))
    return [...regions, ...holders].flatMap((party) => examplesOf(pattern.replace('*', party)));
  if (!pattern.endsWith('.>')) return [pattern];
  const tails = regions.some((id) => subjects.upAll(id) === pattern) ? types('region') : ['1.1.1.1.1'];
  return tails.map((tail) => pattern.replace(/>$/, tail));
}

const ofStreams = regions.flatMap((region) => [
  [streams.up(region), streams.relayConsumer] as const,
  [streams.down(region), streams.nodeConsumer] as const,
]);

/** Every subject at the hub. */
export const allSubjects: string[] = [
  ...new Set([
    ...patterns.flatMap(examplesOf),
    ...regions.flatMap((region) => types('relay').map((type) => subjects.down(region, type))),
    ...ofStreams.flatMap(([stream, consumer]) => [
      ...apiOf(stream, consumer),
      ...API(stream, consumer).map((call) => `${streams.regionApiPrefix}.${call}`),
      `$JS.ACK.${stream}.${consumer}.1.1.1.1.1`,
    ]),
    ...[...regions, ...holders, RELAY_ITSELF].map((party) => `${inboxPrefix(party)}.1`),
    ...['$SYS.REQ.SERVER.PING', '$SYS.REQ.ACCOUNT.HUB.CONNZ', '$SYS.ACCOUNT.HUB.CONNECT', '$SRV.PING'],
    ...['$JS.API.META.LEADER.STEPDOWN', '$JS.API.ACCOUNT.PURGE.HUB', 'vreemd'],
  ]),
].sort();

/** Patterns that take in more than one subject. */
export const widePatterns: string[] = [
  ...new Set([
    ...['>', 'vi.>', 'vi.v1.*.*.>', '_INBOX.>', '$JS.>', '$SYS.>', '_R_.>'],
    ...patterns.filter((pattern) => /[*>]/.test(pattern)),
    ...regions.map((region) => subjects.downAll(region)),
  ]),
];

/** What is a party's own to publish on: the policy in words of its own, to be compared with what the configuration does. */
function isOwn(party: string, subject: string): boolean {
  const forAll: string[] = [subjects.register, subjects.forms(party)];
  if (holders.includes(party))
    return (
      forAll.includes(subject) ||
      holders.some((other) => other !== party && subject === subjects.ceremony(other, party))
    );
  return (
    forAll.includes(subject) ||
    subject.startsWith(subjects.up(party, '')) ||
    subject.startsWith(`$JS.ACK.${streams.down(party)}.${streams.nodeConsumer}.`) ||
    ['CONSUMER.INFO', 'CONSUMER.MSG.NEXT'].some(
      (call) =>
        subject === `${streams.regionApiPrefix}.${call}.${streams.down(party)}.${streams.nodeConsumer}`,
    ) ||
    holders.some((holder) => [subjects.manifest(holder), subjects.evaluate(holder, party)].includes(subject))
  );
}
/** What is a party's own to listen on. */
function isOwnToHear(party: string, pattern: string): boolean {
  if (pattern.startsWith(`${inboxPrefix(party)}.`)) return true;
  if (!holders.includes(party)) return false;
  const token = '(\\*|[a-z][a-z0-9-]*)';
  return [
    subjects.evaluate(party, token),
    subjects.manifest(party),
    subjects.usage(party),
    subjects.ceremony(party, token),
  ].some((own) => new RegExp(`^${own.replaceAll('.', '\\.')}$`).test(pattern));
}

/** Subjects on which a party may publish. */
export const ownSubjects = (party: string): string[] =>
  allSubjects.filter((subject) => isOwn(party, subject));
/** Subjects on which a party may not publish, each with one who may: the control that the subject works at all. */
export const foreignSubjects = (party: string): [string, string][] =>
  allSubjects
    .filter((subject) => !isOwn(party, subject))
    .map((subject) => [subject, ownerOf(subject, 'publish')]);
/** Subjects and patterns on which a party may not listen. */
export const foreignToHear = (party: string): [string, string][] =>
  [...allSubjects, ...widePatterns]
    .filter((pattern) => !isOwnToHear(party, pattern))
    .map((pattern) => [pattern, ownerOf(pattern, 'subscribe')]);

/** Somebody whom the configuration allows this; the relay when nobody else is named. */
function ownerOf(subject: string, what: 'publish' | 'subscribe'): string {
  const named = users.find(
    (user) => user.party !== RELAY_ITSELF && user[what].some((pattern) => covers(pattern, subject)),
  );
  return named?.party ?? RELAY_ITSELF;
}

function covers(pattern: string, subject: string): boolean {
  const tokens = subject.split('.');
  const parts = pattern.split('.');
  for (const [at, part] of parts.entries()) {
    if (part === '>') return tokens.length > at && tokens[at] !== undefined;
    if (tokens[at] === undefined || (part !== '*' && part !== tokens[at])) return false;
  }
  return tokens.length === parts.length;
}

async function plannedRegister(): Promise<RegionRegister> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-names-'));
  try {
    return currentRegister(folder, await providePlan(folder, demoRegions()));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
