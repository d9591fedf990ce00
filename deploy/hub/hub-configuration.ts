import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  admittedRegion,
  inboxPrefix,
  regionAccount,
  streams,
  subjects,
  type RegionRegister,
} from '#libs/protocol';

/** Where a server listens. Port -1 takes a free one. */
export interface Address {
  host: string;
  port: number;
}

/** What the hub's configuration is made from. */
export interface HubConfigurationOptions {
  register: RegionRegister;
  /** Where regions, key holders and the relay connect. */
  listen: Address;
  /** Where the relay reads `/varz`; must not be reachable from outside. */
  monitor: Address;
  /** Files in PEM: the hub's own certificate and key, and the authorities whose certificates may knock. */
  tls: { certFile: string; keyFile: string; caFile: string };
  /** Folder of the streams. */
  storeDir: string;
  serverName: string;
  /** Where the server writes its process id, by which `npm run region` finds it. */
  pidFile?: string;
  /** Bytes that all streams together may take at most; `storeQuota` tells what the disk allows. A reload does not change it. */
  maxFileStore: number;
}

/** Account of the relay, where all streams live. */
const HUB = 'HUB';
const holderAccount = (holder: string): string => `H_${holder}`;

const LOGIN_SECONDS = 10;
const MAX_PAYLOAD = 256 * 1024;
const MAX_MEMORY = 64 * 1024 ** 2;

/** By default two streams of `streams.maxBytes` for 128 regions. */
const MAX_FILE_STORE = 16 * 1024 ** 3;
/** The rest is for what else grows on a disk. */
const SHARE_OF_FREE_SPACE = 0.8;

/**
 * Bytes that the streams in `storeDir` may take: `most`, but less than its disk has free beside them, because a full disk stops the hub
 * while a full quota only refuses. A folder that is not on this machine is taken at its word.
 */
export function storeQuota(storeDir: string, most = MAX_FILE_STORE): number {
  if (!existsSync(storeDir)) return most;
  const { bavail, bsize } = statfsSync(storeDir);
  const held = readdirSync(storeDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (sum, { parentPath, name }) =>
        sum + (statSync(path.join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  return Math.min(most, Math.floor((bavail * bsize + held) * SHARE_OF_FREE_SPACE));
}

/**
 * The configuration of the national hub as text for nats-server (a comment, then JSON, which its format includes).
 *
 * Who is who? The hub takes TLS 1.3 only, from the first byte, and only with a client certificate of an authority that it trusts.
 * The certificate's subject is the name of the user (`verify_and_map`): without one that the register names nobody gets in, and
 * nothing else that a client may say about itself counts.
 *
 * Why an account for each party? Within one account the reply field of a message is not checked against the sender's permissions,
 * so that a region could have the broker publish as another (nats-server issue 8274). Between accounts only exported services pass.
 *
 * What does a region reach? Its own UP subjects, its own DOWN consumer, the register, its own list of forms, and the key holders' answers to itself.
 * A region that is suspended or removed has no account, so its connection is closed when the configuration is reloaded.
 */
export function hubConfiguration(options: HubConfigurationOptions): string {
  const { register, listen, monitor, tls, storeDir, serverName, pidFile, maxFileStore } = options;
  return textOf(register, {
    server_name: serverName,
    listen: `${listen.host}:${listen.port}`,
    http: `${monitor.host}:${monitor.port}`,
    ...(pidFile ? { pid_file: pidFile } : {}),
    max_payload: MAX_PAYLOAD,
    tls: {
      cert_file: tls.certFile,
      key_file: tls.keyFile,
      ca_file: tls.caFile,
      verify_and_map: true,
      handshake_first: true,
      min_version: '1.3',
      timeout: LOGIN_SECONDS,
    },
    // with the default of 2 s a busy client is shut out, and notices only after 20 s
    authorization: { timeout: LOGIN_SECONDS },
    jetstream: {
      store_dir: storeDir,
      domain: 'hub',
      // acknowledged means on disk: with the default, a power cut loses whole streams
      sync_interval: 'always',
      max_file_store: maxFileStore,
      max_mem: MAX_MEMORY,
    },
    system_account: 'SYS',
  });
}

/** A configuration that `hubConfiguration` made, for another register: who takes part changes, everything else stays. */
export function withRegister(text: string, register: RegionRegister): string {
  const { accounts: _, ...settings } = JSON.parse(text.slice(text.indexOf('\n'))) as { accounts: object };
  return textOf(register, settings);
}

const textOf = (register: RegionRegister, settings: object): string =>
  [
    `# Generated from version ${register.version} of the region register; changes of accounts made here are lost.`,
    `${JSON.stringify({ ...settings, accounts: accountsOf(register) }, null, 2)}\n`,
  ].join('\n');

function accountsOf(register: RegionRegister): object {
  const regions = register.regions.filter(({ id }) => admittedRegion(register, id));
  const holders = register.keyHolders;
  return {
    SYS: {},
    [HUB]: {
      jetstream: 'enabled',
      users: [{ user: register.relay.certificateSubject }],
      exports: [
        { service: subjects.register },
        ...regions.flatMap(({ id }) => servicesFor(id)),
        ...regions.map(({ id }) => ({ service: subjects.forms(id), accounts: [regionAccount(id)] })),
        ...holders.map(({ id }) => ({ service: subjects.forms(id), accounts: [holderAccount(id)] })),
      ],
      imports: holders.flatMap(({ id }) =>
        [subjects.manifest(id), subjects.usage(id)].map((subject) => service(holderAccount(id), subject)),
      ),
    },
    ...Object.fromEntries(regions.map((region) => [regionAccount(region.id), regionOf(region, holders)])),
    ...Object.fromEntries(
      holders.map((holder) => [holderAccount(holder.id), holderOf(holder, holders, regions)]),
    ),
  };
}

interface Party {
  id: string;
  certificateSubject: string;
}

const consumerInfo = (region: string) => `CONSUMER.INFO.${streams.down(region)}.${streams.nodeConsumer}`;
const consumerNext = (region: string) => `CONSUMER.MSG.NEXT.${streams.down(region)}.${streams.nodeConsumer}`;
const consumerAck = (region: string) => `$JS.ACK.${streams.down(region)}.${streams.nodeConsumer}.>`;
const ownApi = (call: string) => `${streams.regionApiPrefix}.${call}`;
const hubApi = (call: string) => `$JS.API.${call}`;

const service = (account: string, subject: string) => ({ service: { account, subject } });

/** What the relay's account offers one region: to send, and to receive from its own consumer. */
function servicesFor(region: string): object[] {
  const accounts = [regionAccount(region)];
  return [
    { service: subjects.upAll(region), accounts },
    { service: hubApi(consumerInfo(region)), accounts },
    { service: hubApi(consumerNext(region)), response_type: 'stream', accounts },
    { service: consumerAck(region), accounts },
  ];
}

function regionOf({ id: region, certificateSubject }: Party, holders: readonly Party[]): object {
  const asked = holders.flatMap(({ id }) => [
    { account: holderAccount(id), subject: subjects.evaluate(id, region) },
    { account: holderAccount(id), subject: subjects.manifest(id) },
  ]);
  return {
    users: [
      {
        user: certificateSubject,
        permissions: {
          publish: {
            allow: [
              subjects.upAll(region),
              ownApi(consumerInfo(region)),
              ownApi(consumerNext(region)),
              consumerAck(region),
              subjects.register,
              subjects.forms(region),
              ...asked.map(({ subject }) => subject),
            ],
          },
          subscribe: { allow: [`${inboxPrefix(region)}.>`] },
        },
      },
    ],
    imports: [
      service(HUB, subjects.upAll(region)),
      // under another name, since the region's own account, which has no JetStream, answers to `$JS.API` itself
      ...[consumerInfo(region), consumerNext(region)].map((call) => ({
        ...service(HUB, hubApi(call)),
        to: ownApi(call),
      })),
      service(HUB, consumerAck(region)),
      service(HUB, subjects.register),
      service(HUB, subjects.forms(region)),
      ...asked.map(({ account, subject }) => service(account, subject)),
    ],
  };
}

function holderOf(
  { id: holder, certificateSubject }: Party,
  holders: readonly Party[],
  regions: readonly Party[],
): object {
  const others = holders.filter(({ id }) => id !== holder);
  return {
    users: [
      {
        user: certificateSubject,
        permissions: {
          publish: {
            allow: [
              subjects.register,
              subjects.forms(holder),
              ...others.map(({ id }) => subjects.ceremony(id, holder)),
            ],
          },
          subscribe: {
            allow: [
              subjects.evaluateAll(holder),
              subjects.manifest(holder),
              subjects.usage(holder),
              subjects.ceremonyAll(holder),
              `${inboxPrefix(holder)}.>`,
            ],
          },
          allow_responses: true,
        },
      },
    ],
    exports: [
      ...regions.map(({ id }) => ({ service: subjects.evaluate(holder, id), accounts: [regionAccount(id)] })),
      { service: subjects.manifest(holder) },
      { service: subjects.usage(holder), accounts: [HUB] },
      ...others.map(({ id }) => ({ service: subjects.ceremony(holder, id), accounts: [holderAccount(id)] })),
    ],
    imports: [
      service(HUB, subjects.register),
      service(HUB, subjects.forms(holder)),
      ...others.map(({ id }) => service(holderAccount(id), subjects.ceremony(id, holder))),
    ],
  };
}
