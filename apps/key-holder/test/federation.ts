import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomBytes, randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { SettableClock, SystemClock, type Clock } from '#libs/clock';
import { migrate } from '#libs/database';
import { hubLogin } from '#libs/messaging';
import { ProgramLogger, type EventFields } from '#libs/observability';
import {
  EvaluationReply,
  type EvaluationRequest,
  generateKeys,
  openManifest,
  parse,
  SIGNATURE_HEADER,
  SignedManifest,
  Signer,
  signRegister,
  subjects,
  type KeyManifest,
  type RegionRegister,
  type SignedRegister,
} from '#libs/protocol';
import { ThresholdEvaluation, type SodiumOprf } from '#libs/pseudonyms';
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
import { createPreparedDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { AppModule, keyHolderDatabase } from '../src/app.module.js';
import { loadConfig } from '../src/config.js';

export const HOLDERS = ['holder-1', 'holder-2', 'holder-3'] as const;
export type HolderId = (typeof HOLDERS)[number];
export const DAILY_QUOTA = 40;

const parties = ['relay', 'noord', 'zuid', 'geschorst', ...HOLDERS] as const;
type Party = (typeof parties)[number];
const STRANGER = 'vreemde';

/** One line that a holder logged. */
export interface LoggedEvent {
  event: string;
  fields: EventFields;
}

/** Keeps what a program says instead of writing it. */
class RecordingLogger extends ProgramLogger {
  constructor(private readonly lines: LoggedEvent[]) {
    super('key-holder', 'fatal');
  }
  override event(event: string, fields: EventFields = {}): void {
    this.lines.push({ event, fields });
  }
  override warning(event: string, fields: EventFields = {}): void {
    this.lines.push({ event, fields });
  }
}

/** A key holder that runs in this process. */
export interface RunningHolder {
  app: INestApplication;
  url: string;
  lines: LoggedEvent[];
  close(): Promise<void>;
}

/** A hub with the generated configuration, a stand-in for the relay that serves the register, and databases for three key holders. */
export class Federation {
  readonly databases = {} as Record<HolderId, TestDatabase>;
  readonly clock = new SettableClock(new Date('2026-03-01T12:00:00Z'));
  /** What the stand-in for the relay serves. */
  served: SignedRegister;
  register: RegionRegister;
  private readonly coordinatorKeys = generateKeys('ed25519');
  private readonly coordinator = new Signer(this.coordinatorKeys);
  private readonly signing = new Map(parties.map((party) => [party, generateKeys('ed25519')]));
  private readonly sealing = new Map(parties.map((party) => [party, generateKeys('x25519')]));
  private readonly shareKeys = new Map(HOLDERS.map((id) => [id, randomBytes(32).toString('base64')]));
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'key-holder-'));
  private readonly connections: NatsConnection[] = [];
  private readonly running = new Set<RunningHolder>();
  private server: NatsServer;

  private constructor() {
    this.register = {
      v: 1,
      version: 1,
      issuedAt: '2026-01-01T00:00:00Z',
      epoch: 1,
      threshold: 2,
      relay: { signingKey: this.signing.get('relay')!.publicKey, certificateSubject: demoSubject('relay') },
      keyHolders: HOLDERS.map((id, at) => ({
        id,
        index: at + 1,
        name: id,
        signingKey: this.signing.get(id)!.publicKey,
        sealingKey: this.sealing.get(id)!.publicKey,
        certificateSubject: demoSubject(id),
      })),
      regions: (['noord', 'zuid', 'geschorst'] as const).map((id) => ({
        id,
        name: id,
        municipalities: [],
        signingKey: this.signing.get(id)!.publicKey,
        cardKey: this.sealing.get(id)!.publicKey,
        certificateSubject: demoSubject(id),
        state: 'admitted',
        dailyQuota: DAILY_QUOTA,
      })),
    };
    this.served = signRegister(this.coordinator, this.register);
  }

  static async start(): Promise<Federation> {
    const federation = new Federation();
    const authority = await CertificateAuthority.create();
    const certify = async (party: string, hosts?: string[]) => {
      const identity = await authority.issue({ subject: demoSubject(party), hosts });
      return writeIdentity(federation.folder, party, identity, authority.certificatePem);
    };
    for (const party of [...parties, STRANGER]) await certify(party);
    const configFile = path.join(federation.folder, 'hub.conf');
    const loopback = { host: '127.0.0.1', port: -1 };
    writeFileSync(
      configFile,
      hubConfiguration({
        register: federation.register,
        listen: loopback,
        monitor: loopback,
        tls: await certify('hub', HUB_HOSTS),
        storeDir: path.join(federation.folder, 'streams'),
        serverName: 'hub-1',
        maxFileStore: 1024 ** 3,
      }),
    );
    federation.server = await startNats({ bin: process.env.NATS_SERVER_BIN!, configFile });
    const relay = await federation.connectAs('relay');
    relay.subscribe(subjects.register, {
      callback: (_, message) => void message.respond(JSON.stringify(federation.served)),
    });
    await federation.renewDatabases();
    return federation;
  }

  /** Gives every holder an empty database. */
  async renewDatabases(): Promise<void> {
    for (const id of HOLDERS) await this.renewDatabase(id);
  }

  /** Gives one holder an empty database, as after a loss. */
  async renewDatabase(id: HolderId): Promise<void> {
    await this.databases[id]?.drop();
    this.databases[id] = await createPreparedDatabase('key_holder', (url) => migrate(keyHolderDatabase(url)));
  }

  /** Has the coordinator sign a next register, which the relay serves from now on. */
  publish(change: Partial<RegionRegister>): void {
    this.register = { ...this.register, version: this.register.version + 1, ...change };
    this.served = signRegister(this.coordinator, this.register);
  }

  /** Any text with the coordinator's signature under it. */
  signedByCoordinator(document: string): SignedRegister {
    return { document, signature: this.coordinator.sign('register', Buffer.from(document, 'utf8')) };
  }

  signerOf(party: Party): Signer {
    return new Signer(this.signing.get(party)!);
  }
  keysOf(party: Party) {
    return this.signing.get(party)!;
  }
  sealingKeysOf(party: Party) {
    return this.sealing.get(party)!;
  }

  /** The settings of a holder, as its environment has them. */
  environmentOf(id: HolderId): Record<string, string> {
    return {
      KEY_HOLDER: id,
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: this.databases[id].url,
      SHARE_KEY: this.shareKeys.get(id)!,
      ...hubEnvironment(this.hubUrl, tlsFiles(this.folder, id)),
      SIGNING_KEY: this.signing.get(id)!.privateKey,
      SIGNING_PUBLIC_KEY: this.signing.get(id)!.publicKey,
      SEALING_KEY: this.sealing.get(id)!.privateKey,
      SEALING_PUBLIC_KEY: this.sealing.get(id)!.publicKey,
      COORDINATOR_KEY: this.coordinatorKeys.publicKey,
    };
  }

  /** Settings with a certificate of the right authority, for somebody whom the hub does not know. */
  strangersCertificate(): Record<string, string> {
    return hubEnvironment(this.hubUrl, tlsFiles(this.folder, STRANGER));
  }
  private get hubUrl(): string {
    return this.server.url;
  }

  async startHolder(
    id: HolderId,
    change: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
  ): Promise<RunningHolder> {
    const lines: LoggedEvent[] = [];
    const logger = new RecordingLogger(lines);
    const module = AppModule.with(loadConfig(this.environmentOf(id)), this.clock, logger);
    const compiled = await change(Test.createTestingModule({ imports: [module] })).compile();
    const app = compiled.createNestApplication({ logger });
    await app.listen(0, '127.0.0.1');
    const holder: RunningHolder = {
      app,
      url: await app.getUrl(),
      lines,
      close: async () => {
        if (this.running.delete(holder)) await app.close();
      },
    };
    this.running.add(holder);
    return holder;
  }

  startHolders(ids: readonly HolderId[] = HOLDERS): Promise<RunningHolder[]> {
    return Promise.all(ids.map((id) => this.startHolder(id)));
  }

  async closeHolders(): Promise<void> {
    await Promise.all([...this.running].map((holder) => holder.close()));
  }

  async connectAs(party: Party): Promise<NatsConnection> {
    const connection = await connect({
      ...hubLogin(hubSettings(this.hubUrl, tlsFiles(this.folder, party)), party),
      waitOnFirstConnect: true,
    });
    this.connections.push(connection);
    return connection;
  }

  /** The manifest as a holder tells it, verified against the register; undefined while there is none. */
  async manifestOf(connection: NatsConnection, id: HolderId): Promise<KeyManifest | undefined> {
    const reply = await connection
      .request(subjects.manifest(id), '', { timeout: 2_000 })
      .catch(() => undefined);
    const answer = reply?.json<object>();
    if (!answer || 'refused' in answer) return undefined;
    return openManifest(this.register, parse(SignedManifest, reply!.data));
  }

  /** Waits until all these holders tell a manifest. */
  async manifests(connection: NatsConnection, ids: readonly HolderId[] = HOLDERS): Promise<KeyManifest[]> {
    return until(async () => {
      const told = await Promise.all(ids.map((id) => this.manifestOf(connection, id)));
      return told.every((manifest) => manifest !== undefined) ? told : undefined;
    });
  }

  /** A well-formed request of `region` to `holder`. */
  request(region: string, holder: string, elements: Uint8Array[], change: Partial<EvaluationRequest> = {}) {
    const request: EvaluationRequest = {
      v: 1,
      region,
      keyHolder: holder,
      epoch: this.register.epoch,
      requestId: randomUUID(),
      issuedAt: this.clock.now().toISOString(),
      elements: elements.map((element) => Buffer.from(element).toString('base64url')),
      ...change,
    };
    return Buffer.from(JSON.stringify(request), 'utf8');
  }

  /** Asks a holder on the subject of `party`, and gives its answer as JSON. */
  async ask(
    connection: NatsConnection,
    party: Party,
    holder: string,
    payload: Uint8Array,
    signer: Signer | undefined = this.signerOf(party),
  ): Promise<Record<string, unknown>> {
    const signed = headers();
    if (signer) signed.set(SIGNATURE_HEADER, signer.sign('evaluation', payload));
    const reply = await connection.request(subjects.evaluate(holder, party), payload, {
      timeout: 20_000,
      headers: signed,
    });
    return reply.json();
  }

  /** What a region uses to turn inputs into secrets, with these holders alone. */
  thresholdEvaluation(
    connection: NatsConnection,
    suite: SodiumOprf,
    manifest: KeyManifest,
    ids: readonly HolderId[],
  ): ThresholdEvaluation {
    const publicShares = manifest.publicShares.map(({ publicShare }) =>
      Buffer.from(publicShare, 'base64url'),
    );
    const clock: Clock = new SystemClock();
    return new ThresholdEvaluation(
      suite,
      { threshold: manifest.threshold, publicShares },
      async (index, elements) => {
        const { keyHolder } = manifest.publicShares.find((share) => share.index === index)!;
        if (!ids.includes(keyHolder as HolderId)) throw new Error('not asked in this test');
        const answer = await this.ask(
          connection,
          'noord',
          keyHolder,
          this.request('noord', keyHolder, elements),
        );
        const reply = parse(EvaluationReply, Buffer.from(JSON.stringify(answer)));
        return {
          evaluated: reply.evaluated.map((element) => Buffer.from(element, 'base64url')),
          proof: Buffer.from(reply.proof, 'base64url'),
        };
      },
      clock,
    );
  }

  /** Ends holders, connections and the hub; the databases stay for a look until `drop`. */
  async stop(): Promise<void> {
    await this.closeHolders();
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.server.stop();
    await Promise.all(HOLDERS.map((id) => this.databases[id]?.drop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asks again until there is something other than undefined, false or null, for at most 300 s, since a machine may be busy. */
export async function until<T>(look: () => Promise<T> | T): Promise<NonNullable<T>> {
  const end = performance.now() + 300_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > end) throw new Error('it did not come to this within 300 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
