import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A nats-server with JetStream, without accounts, for one spec file. It keeps its address when it is started again. */
export class TestBroker {
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'test-broker-'));
  private server?: ChildProcess;

  private constructor(private readonly port: number) {
    const configuration = [
      `listen: "127.0.0.1:${port}"`,
      `jetstream: { store_dir: "${this.store}", sync_interval: always }`,
    ];
    writeFileSync(this.configFile, configuration.join('\n'));
    // not even a test run that breaks off leaves a server behind
    process.once('exit', () => this.server?.kill('SIGKILL'));
  }

  static async start(): Promise<TestBroker> {
    const broker = new TestBroker(await freePort());
    await broker.start();
    return broker;
  }

  /** Where clients connect. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
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

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
