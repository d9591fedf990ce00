import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Child } from '../../deploy/local/child.js';
import { demoRegions } from '../../deploy/local/demo.js';
import {
  environments,
  PARTS,
  writeFiles,
  type Door,
  type Environment,
} from '../../deploy/local/environments.js';
import { providePlan } from '../../deploy/local/plan.js';
import { Ports } from '../../deploy/local/ports.js';
import { compiled } from '../../deploy/local/project-root.js';
import { createTestDatabase, type TestDatabase } from '../database/test-database.js';
import { TcpProxy } from '../faults/tcp-proxy.js';
import { asPidOne, terminateInside } from './pid-one.js';

// six programs start at the same time, on a machine that may be busy
jest.setTimeout(180_000);

const DELAY_SECONDS = 3;
/** How long a program that does not stop is waited for. */
const PATIENCE_MS = 15_000;
const REGION = 'midden-nederland';
const HOLDER = PARTS.keyHolder(0);

if (!asPidOne) process.stderr.write('stopping.spec.ts: not as PID 1, unshare is not allowed here\n');

/** What a program logs when it did not finish, or goes on with a database that is closed; not that there is no hub. */
const COMPLAINT = /"event":"(stopped-|outbox-waits)|"level":50/;

/** A request that is in progress when the program is told to stop, in two parts, and the answer that it must get. */
interface Request {
  path: string;
  body?: string;
  answer: RegExp;
}

interface ProgramCase {
  main: string;
  request: Request;
  /** Whether the program has readiness and a stop delay. */
  serves: boolean;
}

const person = {
  type: 'RaadpleegMetBurgerservicenummer',
  burgerservicenummer: ['999910000'],
  fields: ['leeftijd'],
};
const nothing = { path: '/api/v1/nothing', body: '{"any":"thing"}', answer: /^HTTP\/1.1 40[14] / };
const CASES: Record<string, ProgramCase> = {
  [REGION]: { main: 'apps/regional-node/src/main.ts', request: nothing, serves: true },
  [PARTS.relay]: { main: 'apps/national-relay/src/main.ts', request: nothing, serves: true },
  // it takes no bodies; its database is cut off while it answers
  [HOLDER]: {
    main: 'apps/key-holder/src/main.ts',
    request: { path: '/health/ready', answer: /^HTTP\/1.1 503 [^]*"database"/ },
    serves: true,
  },
  [PARTS.personRegister]: {
    main: 'apps/brp-simulator/src/main.ts',
    request: {
      path: '/haalcentraal/api/brp/personen',
      body: JSON.stringify(person),
      answer: /^HTTP\/1.1 200 [^]*"personen"/,
    },
    serves: true,
  },
  [PARTS.identityProvider]: {
    main: 'apps/idp-simulator/src/main.ts',
    request: { path: '/interaction/none', body: '{"any":"thing"}', answer: /^HTTP\/1.1 4/ },
    serves: true,
  },
  [PARTS.mailServer]: {
    main: 'deploy/local/mail-catcher/main.ts',
    request: { path: '/', answer: /^HTTP\/1.1 200 / },
    serves: false,
  },
};
const SERVING = Object.keys(CASES).filter((name) => CASES[name]!.serves);
const TAKING_BODIES = SERVING.filter((name) => CASES[name]!.request.body);

/** What was seen of one program while it stopped. */
interface Seen {
  /** Status and body of `/health/ready` and `/health/live` after the signal. */
  ready?: { status: number; body: { status: string } } | undefined;
  live?: { status: number } | undefined;
  /** Whether the connection that sent nothing was closed before the half-sent body was. */
  idleFirst: boolean;
  answer: string;
  end: string;
  seconds: number;
  /** Log lines from the signal on that tell of something that was not stopped well. */
  complaints: string[];
}

/** A connection that keeps what it hears. */
class Client {
  heard = '';
  closed = false;
  readonly gone: Promise<void>;
  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => (this.heard += data.toString()));
    this.gone = new Promise((resolve) => {
      socket.once('close', () => {
        this.closed = true;
        resolve();
      });
    });
  }
  static async connect(port: number, text = ''): Promise<Client> {
    const socket = connect(port, '127.0.0.1');
    const client = new Client(socket);
    await once(socket, 'connect');
    socket.write(text);
    return client;
  }
}

/** One built program as a process of its own, as PID 1 where that is possible, with a hub, a mail server and a register that nobody reaches. */
class Running {
  private readonly child: Child;
  private readonly lines: string[] = [];

  constructor(
    readonly name: string,
    private readonly port: number,
    private readonly env: Environment,
    private readonly database?: TcpProxy,
  ) {
    const command = [process.execPath, '--enable-source-maps', compiled(this.case.main)];
    const [first, ...args] = asPidOne ? ['unshare', ...asPidOne, ...command] : command;
    this.child = new Child({
      name,
      command: first!,
      args,
      env: { PATH: process.env.PATH, ...env },
      onLine: (line) => this.lines.push(line),
    });
  }

  /** Waits until it serves. The relay is `ready` only with a hub. */
  async up(): Promise<void> {
    while (!(await this.ask('/health/live').catch(() => undefined))) {
      if (!this.child.running) throw new Error(`${this.name} ended:\n${this.child.lastLines}`);
      await sleep(100);
    }
  }

  /** Tells it to stop, with an idle connection, a half-sent body and a request in progress. */
  async stop(): Promise<Seen> {
    const { request, serves } = this.case;
    const [before, after] = this.textOf(request);
    const idle = await Client.connect(this.port);
    const half = await Client.connect(this.port, this.textOf({ ...request, body: '{"half":"body"}' })[0]);
    this.database?.cut();
    const asked = await Client.connect(this.port, before);
    await this.ask('/health/live');
    await sleep(200);

    const toldAt = performance.now();
    const already = this.lines.length;
    if (asPidOne) terminateInside(this.child);
    else this.child.signal('SIGTERM');
    const health = serves ? await this.healthWhileStopping() : {};
    await this.refuses();
    await Promise.race([idle.gone, half.gone, sleep(PATIENCE_MS, undefined, { ref: false })]);
    const idleFirst = idle.closed && !half.closed;
    asked.socket.write(after);
    this.database?.mend();
    const end = await Promise.race([this.child.ended, sleep(PATIENCE_MS, 'still runs', { ref: false })]);
    const seconds = (performance.now() - toldAt) / 1_000;
    const complaints = this.lines.slice(already).filter((line) => COMPLAINT.test(line));
    return { ...health, idleFirst, answer: asked.heard, end, seconds, complaints };
  }

  kill(): Promise<void> {
    return this.child.kill();
  }

  private get case(): ProgramCase {
    return CASES[this.name]!;
  }

  private async healthWhileStopping(): Promise<Pick<Seen, 'ready' | 'live'>> {
    const stopping = () => this.lines.some((line) => line.includes('"event":"stopping"'));
    for (const end = performance.now() + PATIENCE_MS; !stopping() && performance.now() < end;)
      await sleep(10);
    const ask = (place: string) => this.ask(place).catch(() => undefined);
    // at once: on a busy machine one after the other takes longer than the delay
    const [ready, live] = await Promise.all([ask('/health/ready'), ask('/health/live')]);
    return { ready, live };
  }

  private async ask(place: string): Promise<{ status: number; body: { status: string } }> {
    const response = await fetch(`http://127.0.0.1:${this.port}${place}`);
    return { status: response.status, body: (await response.json()) as { status: string } };
  }

  /** Waits until it accepts no more connections. */
  private async refuses(): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; performance.now() < end;) {
      const client = await Client.connect(this.port).catch(() => undefined);
      client?.socket.destroy();
      if (!client) return;
      await sleep(20);
    }
  }

  private textOf({ path: place, body }: Request): [string, string] {
    const key = this.env.API_KEY ? `X-API-KEY: ${this.env.API_KEY}\r\n` : '';
    if (!body) return [`GET ${place} HTTP/1.1\r\nHost: here\r\n${key}\r\n`, ''];
    const head = `POST ${place} HTTP/1.1\r\nHost: here\r\n${key}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    return [head + body.slice(0, 5), body.slice(5)];
  }
}

describe('a program that is told to stop', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stopping-'));
  const databases: TestDatabase[] = [];
  let proxy: TcpProxy;
  let programs: Running[];
  const seen = new Map<string, Seen>();

  beforeAll(async () => {
    const regions = demoRegions().filter(({ id }) => id === REGION);
    const plan = await providePlan(folder, regions);
    const urls = new Map<string, string>();
    const holder = plan.keyHolders[0]!.id;
    for (const party of [REGION, 'relay', holder]) {
      const database = await createTestDatabase();
      databases.push(database);
      urls.set(party, database.url);
    }
    const url = new URL(urls.get(holder)!);
    proxy = await TcpProxy.start(Number(url.port));
    url.port = String(proxy.port);
    urls.set(holder, url.href);

    const ports = new Ports();
    const door = async (scheme = 'http'): Promise<Door> => {
      const port = await ports.take(scheme);
      return { host: '127.0.0.1', port, url: `${scheme}://127.0.0.1:${port}` };
    };
    const doors = {
      [REGION]: await door(),
      [PARTS.relay]: await door(),
      [HOLDER]: await door(),
      [PARTS.personRegister]: await door(),
      [PARTS.identityProvider]: await door(),
      [PARTS.mailServer]: await door(),
    };
    const place = {
      folder,
      hub: await door('tls'),
      hubMonitor: await door(),
      hubStore: folder,
      relay: doors[PARTS.relay],
      regions: { [REGION]: doors[REGION] },
      keyHolders: Object.fromEntries(plan.keyHolders.map(({ id }) => [id, doors[HOLDER]!])),
      personRegister: doors[PARTS.personRegister],
      identityProvider: doors[PARTS.identityProvider],
      smtpUrl: 'smtp://127.0.0.1:9',
      databaseUrl: (party: string) => urls.get(party) ?? '',
    };
    writeFiles(plan, regions, place);
    const settings: Record<string, Environment> = {
      ...environments(plan, regions, place),
      [PARTS.mailServer]: { SMTP_PORT: '0', HTTP_PORT: String(doors[PARTS.mailServer].port) },
    };
    programs = Object.keys(CASES).map((name) => {
      const env = { ...settings[name]!, STOP_DELAY_SECONDS: String(DELAY_SECONDS) };
      return new Running(name, doors[name]!.port, env, name === HOLDER ? proxy : undefined);
    });
    await Promise.all(programs.map((program) => program.up()));
    await Promise.all(programs.map(async (program) => seen.set(program.name, await program.stop())));
  });
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.kill()));
    await proxy.stop();
    await Promise.all(databases.map((database) => database.drop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(Object.keys(CASES))('%s: ends within 10 s with exit code 0, and without a complaint', (name) => {
    const { end, seconds, complaints } = seen.get(name)!;
    expect({ end, complaints }).toEqual({ end: 'exit code 0', complaints: [] });
    expect(seconds).toBeLessThan(10);
  });

  it.each(SERVING)('%s: answers the request in progress', (name) => {
    expect(seen.get(name)!.answer).toMatch(CASES[name]!.request.answer);
  });

  it.each(SERVING)('%s: is alive and not ready for as long as the load balancer needs', (name) => {
    const { ready, live } = seen.get(name)!;
    expect(ready).toEqual({ status: 503, body: { status: 'shutting_down' } });
    expect(live).toMatchObject({ status: 200 });
  });

  it.each(TAKING_BODIES)('%s: closes an idle connection at once, before the half-sent body', (name) => {
    expect(seen.get(name)!.idleFirst).toBe(true);
  });
});
