import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  generateKeys,
  openRegister,
  RELAY,
  signRegister,
  Signer,
  type KeyPairText,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { CertificateAuthority, demoSubject, HUB_HOSTS, type Identity } from './certificates.js';
import { type DemoRegion } from './demo.js';
import { writePrivate } from './private-file.js';

/** What one region keeps secret. Keys in base64, key pairs in base64url. */
export interface RegionSecrets {
  id: string;
  /** By which the hub knows it. */
  identity: Identity;
  signing: KeyPairText;
  card: KeyPairText;
  nodeKey: string;
  indexKey: string;
  clientSecret: string;
}

/** What one key holder keeps secret. */
export interface KeyHolderSecrets {
  id: string;
  name: string;
  /** By which the hub knows it. */
  identity: Identity;
  signing: KeyPairText;
  sealing: KeyPairText;
  shareKey: string;
}

/** What the relay keeps secret. */
export interface RelaySecrets {
  /** By which the hub knows it. */
  identity: Identity;
  signing: KeyPairText;
  pepper: string;
  clientSecret: string;
}

/**
 * The parties of one federation with their secrets, made once. Nobody has them all but this demonstration: in earnest
 * each party makes its own, and hands the public halves to the coordinator.
 */
export interface FederationPlan {
  /** Ed25519 public key of the national coordinator, which everybody pins. */
  coordinatorKey: string;
  /** Certificate, in PEM, of the authority that certifies the hub and all who join it. */
  authority: string;
  hub: Identity;
  regions: RegionSecrets[];
  relay: RelaySecrets;
  keyHolders: KeyHolderSecrets[];
  /** Signs the cookies of the identity provider. */
  cookieKey: string;
  personRegisterApiKey: string;
}

const KEY_HOLDERS = [
  { id: 'ministerie', name: 'Sleutelhouder Ministerie' },
  { id: 'gemeenten', name: 'Sleutelhouder Gemeenten' },
  { id: 'stichting', name: 'Sleutelhouder Stichting' },
];
const THRESHOLD = 2;
const DAILY_QUOTA = 5_000;

/**
 * The plan in `folder`, made there at the first call: `plan.json`, `register.json` (signed, public), and the private keys of
 * the coordinator and of the certificate authority, which are handed to no program (`coordinator.json`, `authority.json`).
 * @throws when the folder was made for other regions
 */
export async function providePlan(folder: string, regions: DemoRegion[]): Promise<FederationPlan> {
  const file = path.join(folder, 'plan.json');
  if (!existsSync(file)) await makePlan(folder, regions);
  const plan = read<FederationPlan>(file);
  const planned = plan.regions.map(({ id }) => id).join(', ');
  if (planned !== regions.map(({ id }) => id).join(', '))
    throw new Error(`${folder} was made for the regions ${planned}: choose another --state folder`);
  return plan;
}

/** All who join the hub: their names, and how they prove them. */
export const identitiesOf = ({ relay, keyHolders, regions }: FederationPlan): [string, Identity][] => [
  [RELAY, relay.identity],
  ...[...keyHolders, ...regions].map(({ id, identity }): [string, Identity] => [id, identity]),
];

/** The coordinator's key pair, and the certificate authority with its private key. */
export const coordinatorFile = (folder: string): string => path.join(folder, 'coordinator.json');
export const authorityFile = (folder: string): string => path.join(folder, 'authority.json');

/** The signed register in force in `folder`, as the relay serves it. */
export const registerFile = (folder: string): string => path.join(folder, 'register.json');

/** The content of the register in force in `folder`. */
export const currentRegister = (folder: string, plan: FederationPlan): RegionRegister =>
  openRegister(plan.coordinatorKey, read<SignedRegister>(registerFile(folder)));

/** Has the coordinator sign a next version of the register, and puts it in its place. */
export function issueRegister(folder: string, plan: FederationPlan, change: RegisterChange): void {
  const before = currentRegister(folder, plan);
  const after = { ...before, ...change(before) };
  sign(folder, { ...after, version: before.version + 1, issuedAt: new Date().toISOString() });
}

/** What becomes different in a register. */
export type RegisterChange = (before: RegionRegister) => Partial<RegionRegister>;

async function makePlan(folder: string, regions: DemoRegion[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const coordinator = generateKeys('ed25519');
  const authority = await CertificateAuthority.create();
  const identityOf = (party: string) => authority.issue({ subject: demoSubject(party) });
  const plan: FederationPlan = {
    coordinatorKey: coordinator.publicKey,
    authority: authority.certificatePem,
    hub: await authority.issue({ subject: demoSubject('hub'), hosts: HUB_HOSTS }),
    regions: await Promise.all(
      regions.map(async ({ id }) => ({
        id,
        identity: await identityOf(id),
        signing: generateKeys('ed25519'),
        card: generateKeys('x25519'),
        nodeKey: secret(),
        indexKey: secret(),
        clientSecret: secret(),
      })),
    ),
    relay: {
      identity: await identityOf(RELAY),
      signing: generateKeys('ed25519'),
      pepper: secret(),
      clientSecret: secret(),
    },
    keyHolders: await Promise.all(
      KEY_HOLDERS.map(async (holder) => ({
        ...holder,
        identity: await identityOf(holder.id),
        signing: generateKeys('ed25519'),
        sealing: generateKeys('x25519'),
        shareKey: secret(),
      })),
    ),
    cookieKey: secret(),
    personRegisterApiKey: secret(),
  };
  writePrivate(coordinatorFile(folder), JSON.stringify(coordinator));
  writePrivate(authorityFile(folder), JSON.stringify(await authority.identity()));
  sign(folder, firstRegister(plan, regions));
  // last, so that an interrupted start leaves no plan without its register
  writePrivate(path.join(folder, 'plan.json'), JSON.stringify(plan, null, 2));
}

const firstRegister = (plan: FederationPlan, regions: DemoRegion[]): RegionRegister => ({
  v: 1,
  version: 1,
  issuedAt: new Date().toISOString(),
  epoch: 1,
  threshold: THRESHOLD,
  relay: { signingKey: plan.relay.signing.publicKey, certificateSubject: demoSubject(RELAY) },
  keyHolders: plan.keyHolders.map(({ id, name, signing, sealing }, place) => ({
    id,
    index: place + 1,
    name,
    signingKey: signing.publicKey,
    sealingKey: sealing.publicKey,
    certificateSubject: demoSubject(id),
  })),
  regions: plan.regions.map(({ id, signing, card }, place) => ({
    id,
    name: regions[place]!.name,
    municipalities: regions[place]!.municipalities.map(({ code }) => code),
    signingKey: signing.publicKey,
    cardKey: card.publicKey,
    certificateSubject: demoSubject(id),
    state: 'admitted',
    dailyQuota: DAILY_QUOTA,
  })),
});

function sign(folder: string, register: RegionRegister): void {
  const coordinator = new Signer(read<KeyPairText>(coordinatorFile(folder)));
  writePrivate(registerFile(folder), JSON.stringify(signRegister(coordinator, register)));
}

const secret = (): string => randomBytes(32).toString('base64');

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
