import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type HubSettings } from '#libs/messaging';
import {
  CertificateAuthority,
  demoSubject,
  HUB_HOSTS,
  hubSettings,
  writeIdentity,
} from '../../deploy/local/certificates.js';
import { freePort } from '../../deploy/local/ports.js';

/** A nats-server with JetStream and TLS, without accounts, for one spec file. It keeps its address when it is started again. */
export class TestBroker {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'test-broker-'));
  private server?: ChildProcess;

  /** By which whoever connects is let in. */
  settings: HubSettings;

  private constructor(private readonly port: number) {
    // not even a test run that breaks off leaves a server behind
    process.once('exit', () => this.server?.kill('SIGKILL'));
  }

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker(await freePort());
    await broker.configure();
    await broker.start();
    return broker;
  }

  private async configure(): Promise<void> {
    const authority = await CertificateAuthority.create();
    const write = async (name: string, hosts?: string[]) =>
      writeIdentity(
        this.folder,
        name,
        await authority.issue({ subject: demoSubject(name), hosts }),
        authority.certificatePem,
      );
    const { caFile, certFile, keyFile } = await write('hub', HUB_HOSTS);
    this.settings = hubSettings(`tls://127.0.0.1:${this.port}`, await write('client'));
    const configuration = {
      listen: `127.0.0.1:${this.port}`,
      tls: { cert_file: certFile, key_file: keyFile, ca_file: caFile, verify: true, handshake_first: true },
      jetstream: { store_dir: this.store, sync_interval: 'always' },
    };
    writeFileSync(this.configFile, JSON.stringify(configuration));
  }

  /** Starts again, with the streams that it had. */
  async start(): Promise<void> {
    const bin = process.env.NATS_SERVER_BIN;
    if (!bin)
      throw new Error('NATS_SERVER_BIN is not set: the global setup of jest finds or fetches a nats-server');
    const server = spawn(bin, ['-c', this.configFile], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      let log = '';
      server.stderr.on('data', (text: Buffer) => {
        log += text.toString();
        if (log.includes('Server is ready')) resolve();
      });
      server.once('error', reject);
      server.once('exit', () => reject(new Error(`nats-server ended:\n${log}`)));
    });
  }

  /** Ends at once, as a crash would. */
  async crash(): Promise<void> {
    const server = this.server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
  }

  /** Stops in its tracks: it keeps its connections and answers nothing. */
  freeze(): void {
    this.server?.kill('SIGSTOP');
  }
  thaw(): void {
    this.server?.kill('SIGCONT');
  }

  /** Loses everything that it ever acknowledged, and starts empty. */
  async wipe(): Promise<void> {
    await this.crash();
    rmSync(this.store, { recursive: true, force: true });
    await this.start();
  }

  /** Ends it and removes what it stored. */
  async drop(): Promise<void> {
    await this.crash();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get store(): string {
    return path.join(this.folder, 'streams');
  }
  private get configFile(): string {
    return path.join(this.folder, 'nats.conf');
  }
}
