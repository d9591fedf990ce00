import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RELAY } from '#libs/protocol';
import { hubConfiguration, storeQuota, withRegister, type Address } from '../hub/hub-configuration.js';
import { type RegionSettings } from '../hub/settings.js';
import { hubEnvironment, tlsFiles, writeIdentity, type TlsFiles } from './certificates.js';
import { NATIONAL_COORDINATOR, type DemoRegion } from './demo.js';
import {
  authorityFile,
  coordinatorFile,
  currentRegister,
  identitiesOf,
  registerFile,
  type FederationPlan,
} from './plan.js';
import { writePrivate } from './private-file.js';

/** Where a program listens, and under which address people and programs reach it. */
export interface Door extends Address {
  url: string;
}

/** What differs between places to run a federation: addresses, and where the files are as the programs see them. */
export interface Place {
  /** The folder with the register, in which `writeFiles` works and from which the programs read. */
  folder: string;
  hub: Door;
  hubMonitor: Door;
  /** Where the hub writes its process id, if that is on this machine. */
  hubPidFile?: string;
  /** Where programs find the hub, when not at its own door: a recorder in between. */
  hubUrl?: string;
  hubStore: string;
  relay: Door;
  /** By id. */
  regions: Record<string, Door>;
  keyHolders: Record<string, Door>;
  personRegister: Door;
  identityProvider: Door;
  smtpUrl: string;
  populationFile?: string;
  /** What becomes of a message that its receiver would refuse. */
  invalidMessages?: 'set-aside' | 'throw';
  /** Seconds of one turn of synthetic matches; left out: none. */
  probeSeconds?: number;
  /** How long a new signal is held; none unless given. */
  undoSeconds?: number;
  /** How long what changes after a mail is collected; not at all unless given. */
  mailCollectSeconds?: number;
  /** Whether people are held to the usual limits on looking up and filing; left out: no, so that few people do much. */
  lookUpLimits?: boolean;
  /** Address of the database of a party, by id: a region, a key holder or `relay`. */
  databaseUrl(party: string): string;
}

/** The environment of every program, by the name of the program. */
export type Environments = Record<string, Environment>;
export type Environment = Record<string, string>;

/** Names of the parts, as they are shown and asked for. A region's part has the region's id. */
export const PARTS = {
  database: 'database',
  hub: 'hub',
  relay: 'relay',
  personRegister: 'person register',
  identityProvider: 'identity provider',
  mailServer: 'mail server',
  /** @param place from 0, in the order of the plan */
  keyHolder: (place: number): string => `key-holder ${place + 1}`,
} as const;

/** The file with milliseconds by which the demonstration's clock runs ahead. */
export const clockOffsetFile = (folder: string): string => path.join(folder, 'clock-offset');

/** The settings of all programs of a federation. Waiting times are cut short, so that a demonstration shows what it does. */
export function environments(plan: FederationPlan, regions: DemoRegion[], place: Place): Environments {
  const clock = { CLOCK_OFFSET_FILE: clockOffsetFile(place.folder) };
  const listen = ({ host, port }: Address) => ({ HOST: host, PORT: String(port) });
  const party = (id: string, door: Door) => ({
    ...clock,
    ...listen(door),
    DATABASE_URL: place.databaseUrl(id),
    ...hubEnvironment(place.hubUrl ?? place.hub.url, partyFiles(place.folder, id)),
    COORDINATOR_KEY: plan.coordinatorKey,
    ...(place.invalidMessages ? { INVALID_MESSAGES: place.invalidMessages } : {}),
  });
  const login = (id: string, door: Door, clientSecret: string) => ({
    PUBLIC_URL: door.url,
    ISSUER: place.identityProvider.url,
    CLIENT_ID: clientId(id),
    CLIENT_SECRET: clientSecret,
    ALLOW_INSECURE_ISSUER: 'true',
    // a story plays what people do in days, all from one address
    REQUESTS_PER_MINUTE: '100000',
  });
  const regionEntries = plan.regions.map((secrets, index): [string, Environment] => {
    const { name, covenantFile, directoryFile } = regions[index]!;
    const door = place.regions[secrets.id]!;
    return [
      secrets.id,
      {
        ...party(secrets.id, door),
        ...login(secrets.id, door, secrets.clientSecret),
        REGION: secrets.id,
        NODE_KEY: secrets.nodeKey,
        INDEX_KEY: secrets.indexKey,
        SIGNING_KEY: secrets.signing.privateKey,
        SIGNING_PUBLIC_KEY: secrets.signing.publicKey,
        CARD_KEY: secrets.card.privateKey,
        CARD_PUBLIC_KEY: secrets.card.publicKey,
        PERSON_REGISTER_URL: `${place.personRegister.url}/haalcentraal/api/brp`,
        PERSON_REGISTER_API_KEY: plan.personRegisterApiKey,
        SMTP_URL: place.smtpUrl,
        ALLOW_INSECURE_SMTP: 'true',
        MAIL_FROM: `${name} <verwijsindex@${secrets.id}.voorbeeld.example>`,
        COVENANT_FILE: covenantFile,
        DIRECTORY_FILE: directoryFile,
        RELEASE_AFTER_MINUTES: '0',
        RELEASE_WITHIN_MINUTES: '0',
        HEARTBEAT_SECONDS: '2',
        LEAD_PATIENCE_SECONDS: '10',
        CARD_SETTLE_SECONDS: '5',
        PROBE_SECONDS: String(place.probeSeconds ?? 0),
        UNDO_SECONDS: String(place.undoSeconds ?? 0),
        MAIL_COLLECT_SECONDS: String(place.mailCollectSeconds ?? 0),
        WORK_LOOK_SECONDS: '1',
        ...(place.lookUpLimits
          ? {}
          : { LOOK_UPS_PER_DAY: '100000', FILINGS_PER_DAY: '100000', FILINGS_PER_WEEK: '100000' }),
      },
    ];
  });
  const keyHolderEntries = plan.keyHolders.map((secrets, index): [string, Environment] => [
    PARTS.keyHolder(index),
    {
      ...party(secrets.id, place.keyHolders[secrets.id]!),
      KEY_HOLDER: secrets.id,
      SIGNING_KEY: secrets.signing.privateKey,
      SIGNING_PUBLIC_KEY: secrets.signing.publicKey,
      SEALING_KEY: secrets.sealing.privateKey,
      SEALING_PUBLIC_KEY: secrets.sealing.publicKey,
      SHARE_KEY: secrets.shareKey,
      REGISTER_FILE: registerFile(place.folder),
    },
  ]);
  return {
    [PARTS.personRegister]: {
      ...clock,
      ...listen(place.personRegister),
      API_KEY: plan.personRegisterApiKey,
      SIMULATOR_CONTROL: 'true',
      ...(place.populationFile ? { POPULATION_FILE: place.populationFile } : {}),
    },
    [PARTS.identityProvider]: {
      ...listen(place.identityProvider),
      ISSUER: place.identityProvider.url,
      ACCOUNTS_FILE: path.join(place.folder, 'accounts.json'),
      CLIENTS_FILE: path.join(place.folder, 'clients.json'),
      COOKIE_KEY: plan.cookieKey,
    },
    [PARTS.relay]: {
      ...party(RELAY, place.relay),
      ...login(RELAY, place.relay, plan.relay.clientSecret),
      NATS_MONITOR_URL: place.hubMonitor.url,
      SIGNING_KEY: plan.relay.signing.privateKey,
      SIGNING_PUBLIC_KEY: plan.relay.signing.publicKey,
      PEPPER: plan.relay.pepper,
      REGISTER_FILE: registerFile(place.folder),
      COORDINATOR_SUBJECTS: NATIONAL_COORDINATOR.subject,
    },
    ...Object.fromEntries(keyHolderEntries),
    ...Object.fromEntries(regionEntries),
  };
}

/** Writes the files that the programs read: the hub's configuration, certificates, and what the identity provider knows. */
export function writeFiles(plan: FederationPlan, regions: DemoRegion[], place: Place): void {
  writeHubConfiguration(plan, place);
  for (const [name, identity] of [[PARTS.hub, plan.hub], ...identitiesOf(plan)] as const)
    writeIdentity(certificatesFolder(place.folder), name, identity, plan.authority);
  const accounts = [
    ...regions.flatMap(({ name, accounts }) => accounts.map((account) => ({ ...account, region: name }))),
    { ...NATIONAL_COORDINATOR, region: 'Landelijk' },
  ];
  const clients = [
    ...plan.regions.map(({ id, clientSecret }) => client(id, place.regions[id]!, clientSecret)),
    client('relay', place.relay, plan.relay.clientSecret),
  ];
  writePrivate(path.join(place.folder, 'accounts.json'), JSON.stringify(accounts, null, 2));
  writePrivate(path.join(place.folder, 'clients.json'), JSON.stringify(clients, null, 2));
}

/** Writes with what `npm run region -- --settings` changes this federation. */
export function writeRegionSettings({ coordinatorKey }: FederationPlan, { folder, relay }: Place): void {
  const settings: RegionSettings = {
    ...{ register: registerFile(folder), coordinatorKey, coordinator: coordinatorFile(folder) },
    ...{ hub: hubConfigurationFile(folder), relay: relay.url, authority: authorityFile(folder) },
  };
  writePrivate(path.join(folder, 'region.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

export const hubConfigurationFile = (folder: string): string => path.join(folder, 'hub.conf');

/** Writes the hub's configuration for the register in force. */
export function writeHubConfiguration(plan: FederationPlan, place: Place): void {
  const text = hubConfiguration({
    register: currentRegister(place.folder, plan),
    listen: place.hub,
    monitor: place.hubMonitor,
    tls: partyFiles(place.folder, PARTS.hub),
    storeDir: place.hubStore,
    serverName: 'hub',
    pidFile: place.hubPidFile,
    maxFileStore: storeQuota(place.hubStore, MAX_FILE_STORE),
  });
  writePrivate(hubConfigurationFile(place.folder), text);
}

/** Has the hub's configuration follow the register in force. */
export function renewHubConfiguration(plan: FederationPlan, folder: string): void {
  const file = hubConfigurationFile(folder);
  writePrivate(file, withRegister(readFileSync(file, 'utf8'), currentRegister(folder, plan)));
}

/** A demonstration's share of somebody's disk. */
const MAX_FILE_STORE = 1024 ** 3;

const certificatesFolder = (folder: string): string => path.join(folder, 'certificates');

/** Certificate, key and authority of a party, or of the hub, as `writeFiles` writes them. */
export const partyFiles = (folder: string, party: string): TlsFiles =>
  tlsFiles(certificatesFolder(folder), party);

const clientId = (party: string): string => `verwijsindex-${party}`;

const client = (party: string, door: Door, clientSecret: string) => ({
  clientId: clientId(party),
  clientSecret,
  redirectUris: [`${door.url}/auth/callback`],
  postLogoutRedirectUris: [`${door.url}/`],
});
