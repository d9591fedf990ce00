import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../dist/apps/brp-simulator/src/main.js', import.meta.url));

/** A person register with the fictional population, as a process of its own, on ports that it keeps when started again. */
export class RegisterProcess {
  private child?: ChildProcess;
  private port = 0;
  private tlsPort?: number;

  /**
   * @param population path of a file with another population than the fictional one
   * @param settings more settings of the program, as variables of its environment
   */
  constructor(
    private readonly population?: string,
    private readonly settings: Record<string, string> = {},
  ) {}

  get url(): string {
    return `${this.origin}/haalcentraal/api/brp`;
  }

  /** Without TLS, whatever the settings ask for. */
  get plainUrl(): string {
    return `http://127.0.0.1:${this.port}/haalcentraal/api/brp`;
  }

  /** With TLS where the settings ask for it. */
  get origin(): string {
    return this.tlsPort === undefined ? `http://127.0.0.1:${this.port}` : `https://127.0.0.1:${this.tlsPort}`;
  }

  async start(): Promise<this> {
    if (!existsSync(program))
      throw new Error('run "npm run build" first: the tests start the built person register');
    const child = spawn(process.execPath, [program], {
      env: {
        ...{ PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(this.port), SIMULATOR_CONTROL: 'true' },
        ...(this.population ? { POPULATION_FILE: this.population } : {}),
        ...this.settings,
        ...(this.tlsPort === undefined ? {} : { TLS_PORT: String(this.tlsPort) }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const ports = await new Promise<{ port: number; tlsPort?: number }>((ready, failed) => {
      child.once('exit', (code) => failed(new Error(`the person register ended (${code})`)));
      createInterface(child.stdout).on('line', (line) => {
        const { event, ...taken } = JSON.parse(line) as { event?: string; port: number; tlsPort?: number };
        if (event === 'ready') ready(taken);
      });
    });
    this.port = ports.port;
    this.tlsPort = ports.tlsPort;
    return this;
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill();
    await ended;
  }

  /** Changes a person: moves them, or lets them die. */
  async change(burgerservicenummer: string, change: object): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.port}/_simulator/changes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ burgerservicenummer, change }),
    });
    if (!response.ok) throw new Error(`the person register refused a change (${response.status})`);
  }
}
