import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Federation } from '../../deploy/local/federation.js';
import { PARTS, type Environment } from '../../deploy/local/environments.js';
import type { Progress } from '../../deploy/local/progress.js';
import { SeededChoice } from '../../apps/brp-simulator/population/random.js';
import type { Targets } from './draw.js';
import { families, familiesOf, type FamilyYouth } from './families.js';
import { castOf, writeRegions, type Cast } from './regions.js';
import { TcpProxy } from './tcp-proxy.js';

export interface WorldOptions {
  seed: number;
  regions: number;
  /** Population of the person register; without it made-up families. */
  population?: string | undefined;
  progress: Progress;
  /** Where the programs are, when not the built ones. */
  distRoot?: string;
  abortSignal?: AbortSignal;
  onLine?: (program: string, line: string) => void;
}

/** A federation of made-up regions, with links and clocks that can go wrong. */
export class World {
  readonly targets: Targets;
  private readonly links = new Map<string, TcpProxy>();

  private constructor(
    readonly federation: Federation,
    readonly casts: readonly Cast[],
    readonly youths: readonly FamilyYouth[],
    private readonly folder: string,
    links: ReadonlyMap<string, TcpProxy>,
  ) {
    this.links = new Map(links);
    this.targets = {
      regions: casts.map(({ region }) => region),
      keyHolders: federation.keyHolders.map(({ part }) => part),
      relay: PARTS.relay,
      hub: PARTS.hub,
      database: PARTS.database,
    };
  }

  static async start({ seed, regions, ...options }: WorldOptions): Promise<World> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'verwijsindex-faults-'));
    const casts = castOf(regions);
    const { youths, persons } = options.population
      ? publicFamilies(options.population)
      : families(
          new SeededChoice(seed),
          casts.map(({ municipality }) => municipality),
        );
    const population = path.join(folder, 'persons.json');
    writeFileSync(population, JSON.stringify(persons));
    writeRegions(path.join(folder, 'regions'), casts);
    const links = new Map<string, TcpProxy>();
    const settings = async (program: string, usual: Environment): Promise<Environment> => ({
      ...usual,
      ...(await linked(links, program, 'hub', 'NATS_URL', usual)),
      ...(await linked(links, program, 'database', 'DATABASE_URL', usual)),
      CLOCK_OFFSET_FILE: clockFile(folder, program),
    });
    try {
      const federation = await Federation.start({
        ...options,
        restart: true,
        undoSeconds: 2,
        population,
        regions: path.join(folder, 'regions'),
        settings,
      });
      return new World(federation, casts, youths, folder, links);
    } catch (error) {
      await closeAll(links);
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The link between a party and the hub, or its database. */
  link(party: string, to: 'hub' | 'database'): TcpProxy {
    return this.links.get(`${party} ${to}`)!;
  }

  /** Puts the clock of a region's node off by so many hours. */
  setClock(region: string, hours: number): void {
    writeFileSync(clockFile(this.folder, region), String(hours * 3_600_000));
  }

  /** Stops PostgreSQL and all its sessions in their tracks. @returns what lets them go on */
  freezeDatabase(): () => void {
    const { pid } = this.federation.postgres;
    const stopped = [pid];
    process.kill(pid, 'SIGSTOP');
    for (const session of childrenOf(pid)) if (signal(session, 'SIGSTOP')) stopped.push(session);
    return () => {
      for (const each of stopped.reverse()) signal(each, 'SIGCONT');
    };
  }

  async stop(): Promise<void> {
    await this.federation.stop();
    await closeAll(this.links);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The families of a population file, with all its persons. */
function publicFamilies(file: string): { youths: FamilyYouth[]; persons: object[] } {
  const persons = JSON.parse(readFileSync(file, 'utf8')) as object[];
  return { youths: familiesOf(persons, new Date().toISOString().slice(0, 10)), persons };
}

const clockFile = (folder: string, program: string): string =>
  path.join(folder, `clock of ${program.replaceAll(' ', '-')}`);

async function linked(
  links: Map<string, TcpProxy>,
  program: string,
  to: 'hub' | 'database',
  setting: string,
  usual: Environment,
): Promise<Environment> {
  const address = usual[setting];
  if (address === undefined) return {};
  const url = new URL(address);
  const link = await TcpProxy.start(Number(url.port));
  links.set(`${program} ${to}`, link);
  url.port = String(link.port);
  return { [setting]: url.href };
}

const closeAll = (links: ReadonlyMap<string, TcpProxy>) =>
  Promise.all([...links.values()].map((link) => link.stop()));

const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(Number);

/** @returns false when the process is gone */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
