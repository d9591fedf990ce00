import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createUser } from '@nats-io/nkeys';
import {
  generateKeys,
  openRegister,
  signRegister,
  Signer,
  type KeyPairText,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { type DemoRegion } from './demo.js';

/** A login at the hub: the public half for its configuration, the seed for the party alone. */
export interface HubLogin {
  /** `U…` */
  user: string;
  /** `SU…` */
  seed: string;
}

/** What one region keeps secret. Keys in base64, key pairs in base64url. */
export interface RegionSecrets {
  id: string;
  hub: HubLogin;
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
  hub: HubLogin;
  signing: KeyPairText;
  sealing: KeyPairText;
  shareKey: string;
}

/** What the relay keeps secret. */
export interface RelaySecrets {
  hub: HubLogin;
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
 * The plan in `folder`, made there at the first call: `plan.json`, `register.json` (signed, public) and `coordinator.json`,
 * which holds the coordinator's private key and is handed to no program.
 * @throws when the folder was made for other regions
 */
export function providePlan(folder: string, regions: DemoRegion[]): FederationPlan {
  const file = path.join(folder, 'plan.json');
  if (!existsSync(file)) makePlan(folder, regions);
  const plan = read<FederationPlan>(file);
  const planned = plan.regions.map(({ id }) => id).join(', ');
  if (planned !== regions.map(({ id }) => id).join(', '))
    throw new Error(`${folder} was made for the regions ${planned}: choose another --state folder`);
  return plan;
}

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

function makePlan(folder: string, regions: DemoRegion[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const coordinator = generateKeys('ed25519');
  const plan: FederationPlan = {
    coordinatorKey: coordinator.publicKey,
    regions: regions.map(({ id }) => ({
      id,
      hub: hubLogin(),
      signing: generateKeys('ed25519'),
      card: generateKeys('x25519'),
      nodeKey: secret(),
      indexKey: secret(),
      clientSecret: secret(),
    })),
    relay: { hub: hubLogin(), signing: generateKeys('ed25519'), pepper: secret(), clientSecret: secret() },
    keyHolders: KEY_HOLDERS.map((holder) => ({
      ...holder,
      hub: hubLogin(),
      signing: generateKeys('ed25519'),
      sealing: generateKeys('x25519'),
      shareKey: secret(),
    })),
    cookieKey: secret(),
    personRegisterApiKey: secret(),
  };
  writePrivate(path.join(folder, 'coordinator.json'), JSON.stringify(coordinator));
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
  relay: { signingKey: plan.relay.signing.publicKey, natsUser: plan.relay.hub.user },
  keyHolders: plan.keyHolders.map(({ id, name, hub, signing, sealing }, place) => ({
    id,
    index: place + 1,
    name,
    signingKey: signing.publicKey,
    sealingKey: sealing.publicKey,
    natsUser: hub.user,
  })),
  regions: plan.regions.map(({ id, hub, signing, card }, place) => ({
    id,
    name: regions[place]!.name,
    municipalities: regions[place]!.municipalities.map(({ code }) => code),
    signingKey: signing.publicKey,
    cardKey: card.publicKey,
    natsUser: hub.user,
    state: 'admitted',
    dailyQuota: DAILY_QUOTA,
  })),
});

function sign(folder: string, register: RegionRegister): void {
  const coordinator = new Signer(read<KeyPairText>(path.join(folder, 'coordinator.json')));
  writePrivate(registerFile(folder), JSON.stringify(signRegister(coordinator, register)));
}

function hubLogin(): HubLogin {
  const user = createUser();
  return { user: user.getPublicKey(), seed: Buffer.from(user.getSeed()).toString('utf8') };
}

const secret = (): string => randomBytes(32).toString('base64');

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Writes a file that only this account can read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  const unfinished = `${file}.unfinished`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}
