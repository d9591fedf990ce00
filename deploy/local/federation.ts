import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { demoRegions, NATIONAL_COORDINATOR, type DemoAccount, type DemoRegion } from './demo.js';
import {
  clockOffsetFile,
  environments,
  hubConfigurationFile,
  PARTS,
  renewHubConfiguration,
  writeFiles,
  writeRegionSettings,
  type Door,
  type Environment,
  type Place,
} from './environments.js';
import { eventLine } from './events.js';
import { MailCatcher } from './mail-catcher/mail-catcher.js';
import { provideNatsServer } from './nats-binary.js';
import { startNats, type NatsServer } from './nats-server.js';
import { Server, type Part } from './part.js';
import {
  identitiesOf,
  issueRegister,
  providePlan,
  type FederationPlan,
  type RegisterChange,
} from './plan.js';
import { Ports } from './ports.js';
import { startPostgres, type Postgres } from './postgres.js';
import { ChildProgram, type LogEntry } from './processes.js';
import { writePrivate } from './private-file.js';
import { Progress } from './progress.js';
import { PROJECT_ROOT } from './project-root.js';
import { RecordingProxy, type RecordBytes } from './recording-proxy.js';
import { StateFolder } from './state.js';

/** How a federation is started. Everything may be left out. */
export interface FederationOptions {
  /** Folder that keeps keys and data, so that a next start goes on with them; without it they are gone at the end. */
  state?: string;
  /** First of the fixed ports; without it any free ones. */
  portBase?: number;
  /** Population of the person register; default its own. */
  population?: string;
  /** Folder with a covenant and a directory for each region, like the demonstration's, which is the default. */
  regions?: string;
  /** Seconds of one turn of synthetic matches between the regions; left out: none, so that only people make matches. */
  probeSeconds?: number;
  /** How long a new signal is held; none unless given. */
  undoSeconds?: number;
  /** How long what changes after a mail is collected; not at all unless given. */
  mailCollectSeconds?: number;
  /** Whether people are held to the usual limits on looking up and filing; left out: no. */
  lookUpLimits?: boolean;
  /** What becomes of a message that its receiver would refuse; by default it fails, as a test must. */
  invalidMessages?: 'set-aside' | 'throw';
  progress?: Progress;
  /** Gets one line for people per event. */
  onEvent?: (line: string) => void;
  /** Gets every structured log line of the programs, with the name of the program. */
  onLog?: (program: string, entry: LogEntry) => void;
  /** Gets every line that programs, database and hub write, as it is. */
  onLine?: (program: string, line: string) => void;
  /** Start programs again when they end unasked. */
  restart?: boolean;
  /** Puts a proxy between the programs and the hub, and gets every byte that passes. */
  recordBroker?: RecordBytes;
  /** A folder shaped like `dist/`, under a `package.json` of its own, to run the programs from instead. */
  distRoot?: string;
  /** The same for single programs, by name: so that releases meet. */
  builds?: Record<string, string>;
  /** Has the last word on the settings of each program, by its name. */
  settings?: (program: string, settings: Environment) => Promise<Environment>;
  /** Breaks off the start; what runs already is ended. */
  abortSignal?: AbortSignal;
}

/** A region of a running federation. */
export interface RunningRegion extends DemoRegion {
  url: string;
}

interface ProgramSpec {
  name: string;
  app: string;
  title: string;
}

const HOST = '127.0.0.1';
const RELAY = 'relay';
/** How many programs load their modules at the same time: more is slower on two cores. */
const AT_ONCE = 3;
/** Long, because the machine may be busy: a program that is broken ends by itself. */
const READY_TIMEOUT_MS = 180_000;

/**
 * A whole federation on one machine, as real processes on loopback: PostgreSQL, hub, mail server, person register,
 * identity provider, three key holders, relay and three regions.
 *
 * Started means: every program is ready, the key holders have made the key, and every region knows the register and the key.
 * A start that fails ends what it had started. Parts are named as in `PARTS`; a region's part has the region's id.
 */
export class Federation {
  readonly regions: RunningRegion[];
  readonly relay: { url: string };
  readonly keyHolders: { id: string; name: string; part: string; url: string }[];
  readonly brp: { url: string };
  readonly idp: { url: string; accounts: (DemoAccount & { region?: string })[] };
  readonly mails: { url: string; smtpPort: number };
  /** The folder with the plan, for tests that look into it. */
  readonly planFolder: string;
  /** The folder in which the hub keeps its streams. */
  readonly hubStore: string;

  private readonly programs = new Map<string, ChildProgram>();
  private readonly databaseUrls = new Map<string, string>();
  private readonly specs: ProgramSpec[];
  private readonly progress: Progress;
  private readonly database: Server<Postgres>;
  private readonly hub: Server<NatsServer>;
  private readonly mailServer: Part;
  private proxy: RecordingProxy | undefined;

  private constructor(
    private readonly state: StateFolder,
    private readonly options: FederationOptions,
    readonly plan: FederationPlan,
    regions: DemoRegion[],
    private readonly doors: Doors,
  ) {
    this.progress = options.progress ?? new Progress({ write: () => undefined });
    this.planFolder = planFolder(state);
    this.hubStore = state.folder('hub');
    this.regions = regions.map((region) => ({ ...region, url: doors.regions[region.id]!.url }));
    this.relay = { url: doors.relay.url };
    this.keyHolders = this.plan.keyHolders.map(({ id, name }, place) => ({
      id,
      name,
      part: PARTS.keyHolder(place),
      url: doors.keyHolders[id]!.url,
    }));
    this.brp = { url: doors.personRegister.url };
    this.idp = {
      url: doors.identityProvider.url,
      accounts: [
        ...regions.flatMap(({ id, accounts }) => accounts.map((account) => ({ ...account, region: id }))),
        NATIONAL_COORDINATOR,
      ],
    };
    this.mails = { url: doors.mailPage.url, smtpPort: doors.smtp.port };
    this.specs = [
      { name: RELAY, app: 'national-relay', title: 'National relay' },
      ...this.keyHolders.map(({ part, name }) => ({ name: part, app: 'key-holder', title: name })),
      { name: PARTS.personRegister, app: 'brp-simulator', title: 'Person register' },
      { name: PARTS.identityProvider, app: 'idp-simulator', title: 'Identity provider' },
      ...regions.map(({ id, name }) => ({ name: id, app: 'regional-node', title: name })),
    ];
    const { record } = state;
    this.database = new Server(() =>
      startPostgres({
        dataDir: path.join(state.path, 'postgres'),
        port: doors.database.port,
        // what goes at the end need not survive a power cut
        durable: state.kept,
        record,
        onLine: (line) => options.onLine?.(PARTS.database, line),
      }),
    );
    this.hub = new Server(async () =>
      startNats({
        bin: await provideNatsServer(),
        configFile: hubConfigurationFile(this.planFolder),
        record,
        onLine: (line) => options.onLine?.(PARTS.hub, line),
      }),
    );
    this.mailServer = new Server(async () => launchMailCatcher(doors, state.folder('mails')));
  }

  /** Starts a federation. */
  static async start(options: FederationOptions = {}): Promise<Federation> {
    const regions = demoRegions(options.regions);
    const state = await StateFolder.open(options.state, (line) => options.progress?.say(line));
    let federation: Federation | undefined;
    try {
      const plan = await providePlan(planFolder(state), regions);
      federation = new Federation(state, options, plan, regions, await takeDoors(plan, options.portBase));
      await federation.launch();
      return federation;
    } catch (error) {
      if (federation) await federation.stop();
      else await state.close();
      throw error;
    }
  }

  /** PostgreSQL: the superuser's address, and that of the database of a region (its id), a key holder (its id) or the relay (`relay`). */
  get postgres(): { adminUrl: string; pid: number; urlOf(party: string): string } {
    const { adminUrl, pid } = this.database.handle;
    return { adminUrl, pid, urlOf: (party) => this.databaseUrl(party) };
  }

  /** The running hub. */
  get nats(): NatsServer {
    return this.hub.handle;
  }

  /** A program by its name. @throws for a name that no program has */
  program(name: string): ChildProgram {
    const program = this.programs.get(name);
    if (!program)
      throw new Error(`no program is called ${name}; there are: ${[...this.programs.keys()].join(', ')}`);
    return program;
  }

  /** Any part by its name: a program, the database, the hub or the mail server. The mail server forgets its mails when it stops. */
  part(name: string): Part {
    if (name === PARTS.database) return this.database;
    if (name === PARTS.hub) return this.hub;
    if (name === PARTS.mailServer) return this.mailServer;
    return this.program(name);
  }
  stopPart(name: string): Promise<void> {
    return this.part(name).stop();
  }
  startPart(name: string): Promise<void> {
    return this.part(name).start();
  }

  /** Has a program run from another build, a folder shaped like `dist/`, from its next start on; its data stay. */
  runFrom(name: string, distRoot = this.distRoot): void {
    const program = this.program(name);
    const { app } = this.specs.find((spec) => spec.name === name)!;
    program.main = mainOf(app, distRoot);
  }

  /** Starts a program anew with other settings beside the usual ones; with none, as usual. */
  async restartWith(name: string, settings: Record<string, string> = {}): Promise<void> {
    await this.stopPart(name);
    this.program(name).changedEnv = settings;
    await this.startPart(name);
  }

  /** The present moment on the federation's clock. */
  clockNow(): Date {
    return new Date(Date.now() + this.clockOffset());
  }

  /** Moves the clock of all programs forward. */
  advanceTime(milliseconds: number): void {
    writePrivate(clockOffsetFile(this.planFolder), String(this.clockOffset() + milliseconds));
  }

  /** Has the coordinator issue a next register (a region suspended, removed…), and waits until the hub follows it; the relay soon does. */
  async changeRegister(change: RegisterChange): Promise<void> {
    issueRegister(this.planFolder, this.plan, change);
    renewHubConfiguration(this.plan, this.planFolder);
    await this.nats.reload();
  }

  /** Ends everything in order: first those who ask, then those who answer; then the state folder, when nobody keeps it. */
  async stop(): Promise<void> {
    await this.stopPrograms();
    await Promise.allSettled([
      this.mailServer.stop(),
      this.proxy?.stop(),
      this.hub.stop(),
      this.database.stop(),
    ]);
    await this.state.close();
  }

  private async stopPrograms(): Promise<void> {
    await Promise.allSettled([...this.programs.values()].map((program) => program.stop()));
  }

  private async launch(): Promise<void> {
    const { progress } = this;
    writePrivate(clockOffsetFile(this.planFolder), String(this.clockOffset()));
    if (this.options.recordBroker)
      this.proxy = await RecordingProxy.start(
        this.doors.hub,
        bothSides(this.plan),
        this.options.recordBroker,
      );
    writeFiles(this.plan, this.regions, this.place());
    writeRegionSettings(this.plan, this.place());
    await all([
      progress.step('database', async () => {
        await this.database.start();
        for (const party of this.parties())
          this.databaseUrls.set(party, await this.database.handle.createDatabase(party));
      }),
      progress.step('hub', async (note) => {
        await provideNatsServer({ log: note });
        await this.hub.start();
      }),
      progress.step('mail server', () => this.mailServer.start()),
    ]);
    this.options.abortSignal?.throwIfAborted();
    await this.addPrograms();
    // also ends what is half started, so that nobody waits for it to be ready
    this.options.abortSignal?.addEventListener('abort', () => void this.stopPrograms(), { once: true });
    const waiting = [...this.specs];
    const startInTurn = async (): Promise<void> => {
      for (let spec = waiting.shift(); spec; spec = waiting.shift()) {
        this.options.abortSignal?.throwIfAborted();
        const program = this.program(spec.name);
        await progress
          .step(spec.title, () => program.start())
          .catch((error: unknown) => {
            waiting.length = 0;
            throw error;
          });
      }
    };
    await all(Array.from({ length: AT_ONCE }, startInTurn));
    await progress.step('key ceremony and region register', (note) => this.joined(note));
  }

  private async addPrograms(): Promise<void> {
    const settings = environments(this.plan, this.regions, this.place());
    const { onEvent, onLog, onLine, restart, builds = {} } = this.options;
    for (const { name, app, title } of this.specs) {
      const usual = settings[name]!;
      const program = new ChildProgram({
        name: title,
        app,
        env: (await this.options.settings?.(name, usual)) ?? usual,
        main: mainOf(app, this.distRoot),
        restart,
        readyTimeoutMs: READY_TIMEOUT_MS,
        record: this.state.record,
        onLog: (entry) => {
          onLog?.(name, entry);
          const line = onEvent && eventLine(title, entry);
          if (line) onEvent(line);
        },
        onLine: (line) => onLine?.(name, line),
      });
      this.programs.set(name, program);
    }
    for (const [name, distRoot] of Object.entries(builds)) this.runFrom(name, distRoot);
  }

  private get distRoot(): string {
    return this.options.distRoot ?? path.join(PROJECT_ROOT, 'dist');
  }

  /** Waits until the key holders hold the key and every region knows it. */
  private async joined(note: (line: string) => void): Promise<void> {
    const deadline = performance.now() + READY_TIMEOUT_MS;
    for (let before = ''; ;) {
      this.options.abortSignal?.throwIfAborted();
      for (const { name, title } of this.specs)
        if (!this.options.restart && !this.program(name).running) throw new Error(`${title} ended unasked`);
      const missing = await this.missing();
      if (missing.length === 0) return;
      const names = missing.map(({ spec }) => spec.title).join(', ');
      if (names !== before) note(`waiting for ${names}`);
      before = names;
      if (performance.now() > deadline) {
        const why = missing.map(
          ({ spec, what }) => `${spec.title} ${what}; its last lines:\n${this.program(spec.name).lastLines}`,
        );
        throw new Error(`not joined within ${READY_TIMEOUT_MS / 1000} s:\n${why.join('\n')}`);
      }
      await sleep(200);
    }
  }

  /** Which programs have not joined, and what each of them misses. */
  private async missing(): Promise<{ spec: ProgramSpec; what: string }[]> {
    const answers = await Promise.all(
      this.specs.map(async (spec) => {
        const what =
          (await notReady(this.program(spec.name).url)) ??
          (spec.app === 'regional-node' ? await notStored(this.databaseUrl(spec.name)) : undefined);
        return what === undefined ? [] : { spec, what };
      }),
    );
    return answers.flat();
  }

  private parties(): string[] {
    return [RELAY, ...[...this.plan.keyHolders, ...this.plan.regions].map(({ id }) => id)];
  }

  private databaseUrl(party: string): string {
    const url = this.databaseUrls.get(party);
    if (!url)
      throw new Error(`nobody's database is called ${party}; there are: ${this.parties().join(', ')}`);
    return url;
  }

  private place(): Place {
    return {
      ...this.doors,
      folder: this.planFolder,
      hubUrl: this.proxy?.url,
      hubStore: this.hubStore,
      hubPidFile: path.join(this.state.path, 'hub.pid'),
      smtpUrl: this.doors.smtp.url,
      probeSeconds: this.options.probeSeconds,
      undoSeconds: this.options.undoSeconds,
      mailCollectSeconds: this.options.mailCollectSeconds,
      lookUpLimits: this.options.lookUpLimits,
      invalidMessages: this.options.invalidMessages ?? 'throw',
      populationFile: this.options.population && path.resolve(this.options.population),
      databaseUrl: (party) => this.databaseUrl(party),
    };
  }

  private clockOffset(): number {
    try {
      return Number(readFileSync(clockOffsetFile(this.planFolder), 'utf8')) || 0;
    } catch {
      return 0; // never moved
    }
  }
}

const bothSides = (plan: FederationPlan) => ({
  ...plan,
  parties: identitiesOf(plan).map(([, identity]) => identity),
});

const mainOf = (app: string, distRoot: string): string => path.join(distRoot, 'apps', app, 'src', 'main.js');

const planFolder = (state: StateFolder): string => state.folder('plan');

type Doors = Awaited<ReturnType<typeof takeDoors>>;

/** A port for everybody, in a fixed order: first what people look at. */
async function takeDoors(plan: FederationPlan, portBase: number | undefined) {
  const ports = new Ports(portBase);
  const door = async (name: string, scheme = 'http'): Promise<Door> => {
    const port = await ports.take(name);
    return { host: HOST, port, url: `${scheme}://${HOST}:${port}` };
  };
  const doors = async (names: string[]) => {
    const taken: Record<string, Door> = {};
    for (const name of names) taken[name] = await door(name);
    return taken;
  };
  return {
    regions: await doors(plan.regions.map(({ id }) => id)),
    relay: await door(RELAY),
    identityProvider: await door(PARTS.identityProvider),
    mailPage: await door('mail page'),
    personRegister: await door(PARTS.personRegister),
    keyHolders: await doors(plan.keyHolders.map(({ id }) => id)),
    smtp: await door(PARTS.mailServer, 'smtp'),
    hub: await door(PARTS.hub, 'tls'),
    hubMonitor: await door('hub monitor'),
    database: await door(PARTS.database, 'postgres'),
  };
}

async function launchMailCatcher({ smtp, mailPage }: Doors, folder: string) {
  const catcher = new MailCatcher();
  await catcher.start({ host: HOST, smtpPort: smtp.port, httpPort: mailPage.port, folder });
  let running = true;
  const stop = async () => {
    running = false;
    await catcher.stop();
  };
  return {
    get running() {
      return running;
    },
    stop,
    kill: stop,
  };
}

/** Waits for all, also when one fails, so that nothing still starts behind the back of who cleans up. */
async function all(works: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Why a program is not ready; undefined when it is. */
async function notReady(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    return answer.ok ? undefined : `not ready (${answer.status}): ${await answer.text()}`;
  } catch (error) {
    const { cause } = error as Error;
    return `gives no answer: ${String(cause ?? error)}`;
  }
}

/** What a regional node has not stored yet; its health does not depend on these. */
async function notStored(databaseUrl: string): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ register: boolean; manifest: boolean }>(
      'select exists (select from stored_register) as register, exists (select from stored_manifest) as manifest',
    );
    const { register, manifest } = rows[0]!;
    if (!register) return 'has no register';
    return manifest ? undefined : 'has no public keys of the key holders';
  } finally {
    await client.end();
  }
}
