import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type ConnectionOptions } from '@nats-io/transport-node';
import { migrate } from '#libs/database';
import { hubLogin } from '#libs/messaging';
import {
  generateKeys,
  RELAY,
  signRegister,
  Signer,
  type RegionRegister,
  type RegisteredRegion,
} from '#libs/protocol';
import { hubConfiguration } from '../../../deploy/hub/hub-configuration.js';
import {
  CertificateAuthority,
  demoSubject,
  HUB_HOSTS,
  hubEnvironment,
  hubSettings,
  tlsFiles,
  writeIdentity,
} from '../../../deploy/local/certificates.js';
import { startNats, type NatsServer } from '../../../deploy/local/nats-server.js';
import { freePort } from '../../../deploy/local/ports.js';
import { createPreparedDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { relayDatabase } from '../src/app.module.js';
import { TestRegion } from './test-region.js';
import { until } from './until.js';

/** What a party of the test has for signing; its certificate is in the folder of the federation, under its name. */
export interface TestParty {
  signing: { privateKey: string; publicKey: string };
}

const newParty = (): TestParty => ({ signing: generateKeys('ed25519') });
const HOLDER = 'holder-1';
const STORE = 1024 ** 3;

/** Everything around a relay: a register with its coordinator, a real hub with the generated configuration, a database, and regions. */
export class TestFederation {
  readonly coordinator = generateKeys('ed25519');
  readonly relay = newParty();
  readonly keyHolder = newParty();
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'relay-spec-'));
  readonly registerFile = path.join(this.folder, 'register.json');
  hub: NatsServer;
  database: TestDatabase;
  authority: CertificateAuthority;
  private readonly hubFile = path.join(this.folder, 'hub.conf');
  private readonly parties = new Map<string, TestParty>();
  private readonly regions: TestRegion[] = [];
  private ports: { hub: number; monitor: number };
  private readonly pepper = randomBytes(32).toString('base64');
  register: RegionRegister;

  static async start(...regions: string[]): Promise<TestFederation> {
    const federation = new TestFederation();
    federation.authority = await CertificateAuthority.create();
    await federation.certify('hub', HUB_HOSTS);
    for (const party of [RELAY, HOLDER, ...regions]) await federation.certify(party);
    for (const region of regions) federation.parties.set(region, newParty());
    federation.register = {
      v: 1,
      version: 1,
      issuedAt: '2026-01-01T00:00:00Z',
      epoch: 1,
      threshold: 2,
      relay: { signingKey: federation.relay.signing.publicKey, certificateSubject: demoSubject(RELAY) },
      keyHolders: [
        {
          id: HOLDER,
          index: 1,
          name: 'Sleutelhouder Een',
          signingKey: federation.keyHolder.signing.publicKey,
          sealingKey: generateKeys('x25519').publicKey,
          certificateSubject: demoSubject(HOLDER),
        },
      ],
      regions: regions.map((region) => federation.registered(region)),
    };
    federation.issue();
    // fixed, since a server that is told another port does not read the rest of its configuration again
    federation.ports = { hub: await freePort(), monitor: await freePort() };
    federation.database = await createPreparedDatabase('relay', (url) => migrate(relayDatabase(url)));
    federation.configureHub();
    await federation.startHub();
    return federation;
  }

  private async certify(party: string, hosts?: string[]): Promise<void> {
    const identity = await this.authority.issue({ subject: demoSubject(party), hosts });
    writeIdentity(this.folder, party, identity, this.authority.certificatePem);
  }

  /** How a party connects. */
  login(party: string): ConnectionOptions {
    return hubLogin(hubSettings(this.hubUrl, tlsFiles(this.folder, party)), party);
  }
  private get hubUrl(): string {
    return `tls://127.0.0.1:${this.ports.hub}`;
  }

  private registered(region: string): RegisteredRegion {
    const party = this.parties.get(region)!;
    return {
      id: region,
      name: `Verwijsindex ${region}`,
      municipalities: [],
      signingKey: party.signing.publicKey,
      cardKey: generateKeys('x25519').publicKey,
      certificateSubject: demoSubject(region),
      state: 'admitted',
      dailyQuota: 100,
    };
  }

  /** Has the coordinator issue the register, with a change, under the next version or the given one. */
  issue(change: Partial<RegionRegister> = {}, coordinator = this.coordinator): void {
    this.register = { ...this.register, ...change };
    writeFileSync(this.registerFile, JSON.stringify(signRegister(new Signer(coordinator), this.register)));
  }

  /** Gives a region another state, in a next version, and lets the hub know. */
  async setState(region: string, state: RegisteredRegion['state']): Promise<void> {
    this.issue({
      version: this.register.version + 1,
      regions: this.register.regions.map((each) => (each.id === region ? { ...each, state } : each)),
    });
    await this.reloadHub();
  }

  /** Admits one more region. */
  async admit(region: string): Promise<void> {
    await this.certify(region);
    this.parties.set(region, newParty());
    this.issue({
      version: this.register.version + 1,
      regions: [...this.register.regions, this.registered(region)],
    });
    await this.reloadHub();
  }

  async startHub(): Promise<void> {
    this.hub = await startNats({ bin: process.env.NATS_SERVER_BIN!, configFile: this.hubFile });
  }

  private async reloadHub(): Promise<void> {
    this.configureHub();
    await this.hub.reload();
  }

  private configureHub(): void {
    writeFileSync(this.hubFile, this.hubConfiguration());
  }

  /** The hub's configuration for the register in force. */
  hubConfiguration(): string {
    const host = '127.0.0.1';
    return hubConfiguration({
      register: this.register,
      listen: { host, port: this.ports.hub },
      monitor: { host, port: this.ports.monitor },
      tls: tlsFiles(this.folder, 'hub'),
      storeDir: path.join(this.folder, 'js'),
      serverName: 'hub',
      pidFile: path.join(this.folder, 'hub.pid'),
      maxFileStore: STORE,
    });
  }

  /** Connects a region. */
  async region(id: string, signing = this.parties.get(id)!.signing): Promise<TestRegion> {
    const options = {
      id,
      login: this.login(id),
      signer: new Signer(signing),
      relayKey: this.relay.signing.publicKey,
    };
    // the hub may still be reading its configuration again
    const region = await until(() => TestRegion.connect(options).catch(() => undefined));
    this.regions.push(region);
    return region;
  }

  /** Settings with which a relay starts here. */
  environment(): Record<string, string> {
    return {
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      DATABASE_URL: this.database.url,
      PEPPER: this.pepper,
      ...hubEnvironment(this.hubUrl, tlsFiles(this.folder, RELAY)),
      NATS_MONITOR_URL: this.hub.monitorUrl!,
      SIGNING_KEY: this.relay.signing.privateKey,
      SIGNING_PUBLIC_KEY: this.relay.signing.publicKey,
      REGISTER_FILE: this.registerFile,
      COORDINATOR_KEY: this.coordinator.publicKey,
      PUBLIC_URL: 'http://127.0.0.1:8080',
      ISSUER: 'http://127.0.0.1:9',
      CLIENT_ID: RELAY,
      CLIENT_SECRET: 'secret',
      ALLOW_INSECURE_ISSUER: 'true',
      COORDINATOR_SUBJECTS: 'landelijk, plaatsvervanger',
    };
  }

  async stop(): Promise<void> {
    await Promise.all(this.regions.map((region) => region.close()));
    await this.hub.stop();
    await this.database.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
