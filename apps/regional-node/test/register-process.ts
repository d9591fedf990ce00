import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../dist/apps/brp-simulator/src/main.js', import.meta.url));

/** A person register with the fictional population, as a process of its own, on a port that it keeps when started again. */
export class RegisterProcess {
  private child?: ChildProcess;
  private port = 0;

  /** @param population path of a file with another population than the fictional one */
  constructor(private readonly population?: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/haalcentraal/api/brp`;
  }

  async start(): Promise<this> {
    if (!existsSync(program))
      throw new Error('run "npm run build" first: the tests start the built person register');
    const child = spawn(process.execPath, [program], {
      env: {
        ...{ PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(this.port), SIMULATOR_CONTROL: 'true' },
        ...(this.population ? { POPULATION_FILE: this.population } : {}),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    this.port = await new Promise<number>((ready, failed) => {
      child.once('exit', (code) => failed(new Error(`the person register ended (${code})`)));
      createInterface(child.stdout).on('line', (line) => {
        const { event, port } = JSON.parse(line) as { event?: string; port?: number };
        if (event === 'ready') ready(port!);
      });
    });
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
    const response = await fetch(new URL('/_simulator/changes', this.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ burgerservicenummer, change }),
    });
    if (!response.ok) throw new Error(`the person register refused a change (${response.status})`);
  }
}
