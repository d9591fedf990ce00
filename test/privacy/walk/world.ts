import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dayInAmsterdam } from '#libs/calendar';
import { PARTS } from '../../../deploy/local/environments.js';
import { Federation } from '../../../deploy/local/federation.js';
import { Mailbox, type CaughtMail } from '../../federation/http/mailbox.js';
import { Visitor } from '../../federation/http/visitor.js';
import { contentOf } from '../recording.js';
import { PEOPLE, REGIONS, writeRegions, type Person } from './cast.js';
import { firstYouths, population, type Youth } from './youths.js';

const VERIFICATION = 'register-verification';
const LOOK_AGAIN_MS = 250;
const PATIENCE_MS = 300_000;

/** All that was written, sent or shown to machines, by where. */
export interface Remains {
  [channel: string]: Buffer;
}

/** Two regions at work, with everybody logged in and everything recorded. */
export class World {
  private readonly visitors = new Map<Person, Visitor>();
  private readonly ids = new Map<Person, string>();
  private readonly broker: Buffer[] = [];
  private readonly lines: string[] = [];
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'verwijsindex-walk-'));
  private federation!: Federation;

  /** @param youths changed by whoever walks, and read when the register changes */
  private constructor(readonly youths: Youth[]) {}

  /** @param distRoot where the programs are, when not the built ones */
  static async start(distRoot?: string): Promise<World> {
    const world = new World(firstYouths(dayInAmsterdam(new Date())));
    try {
      await world.launch(distRoot);
      return world;
    } catch (error) {
      await world.stop();
      throw error;
    }
  }

  private async launch(distRoot?: string): Promise<void> {
    writeRegions(path.join(this.folder, 'regions'));
    this.writePopulation();
    this.federation = await Federation.start({
      ...(distRoot ? { distRoot } : {}),
      regions: path.join(this.folder, 'regions'),
      population: this.populationFile,
      undoSeconds: 600,
      recordBroker: (chunk) => this.broker.push(Buffer.from(chunk)),
      onLine: (_program, line) => this.lines.push(line),
      settings: async (program, usual) =>
        REGIONS.some(({ id }) => id === program) ? { ...usual, VERIFICATIONS_PER_MINUTE: '60000' } : usual,
    });
    for (const person of PEOPLE)
      this.visitors.set(person, new Visitor(this.siteOf(person.region), person.subject));
    await Promise.all(
      PEOPLE.map(async (person) =>
        this.ids.set(person, (await this.visitor(person).read<{ id: string }>('me')).id),
      ),
    );
  }

  visitor(person: Person): Visitor {
    return this.visitors.get(person)!;
  }

  /** The id by which a person's node knows them. */
  idOf(person: Person): string {
    return this.ids.get(person)!;
  }

  now(): Date {
    return this.federation.clockNow();
  }

  advance(milliseconds: number): void {
    this.federation.advanceTime(milliseconds);
  }

  stopRegister(): Promise<void> {
    return this.federation.stopPart(PARTS.personRegister);
  }

  /** Has the person register answer again, say what the youths are like now, and every region hear it. */
  async startRegister(): Promise<void> {
    this.writePopulation();
    await this.federation.startPart(PARTS.personRegister);
    const since = this.now().toISOString();
    for (const operator of PEOPLE.filter(({ role }) => role === 'operator'))
      await this.verify(operator, since);
  }

  /** Has a region ask the person register, until it has since then: a run that had begun without an answer is to be asked for again. */
  private async verify(operator: Person, since: string): Promise<void> {
    const visitor = this.visitor(operator);
    for (const deadline = performance.now() + PATIENCE_MS; ; await sleep(LOOK_AGAIN_MS)) {
      const works = await visitor.read<{ name: string; succeededAt: string | null }[]>('scheduled-work');
      const { succeededAt } = works.find(({ name }) => name === VERIFICATION)!;
      if (succeededAt !== null && succeededAt >= since) return;
      if (performance.now() > deadline) throw new Error(`${operator.region} does not verify`);
      await visitor.post(`scheduled-work/${VERIFICATION}/_run`, {});
    }
  }

  /** Every mail so far. */
  mails(): Promise<CaughtMail[]> {
    return new Mailbox(this.federation.mails.url).all();
  }

  /** Everything that there is to search: databases, what passed the broker and what it keeps, logs, mails, figures. */
  async remains(): Promise<Remains> {
    const { federation } = this;
    const mailbox = new Mailbox(federation.mails.url);
    const sources = await Promise.all((await mailbox.all()).map((mail) => mailbox.source(mail)));
    const texts = (await mailbox.all()).map(({ text, subject }) => `${subject}\n${text}`);
    const sites = [...federation.regions, federation.relay, ...federation.keyHolders, federation.brp];
    const figures = sites.map(async ({ url }) => (await fetch(new URL('/metrics', url))).text());
    const holders = federation.keyHolders.map(({ id }) => id);
    const databases = ['relay', ...holders, ...REGIONS.map(({ id }) => id)];
    const contents = await Promise.all(
      databases.map(
        async (id) => [`database of ${id}`, await contentOf(federation.postgres.urlOf(id))] as const,
      ),
    );
    return {
      ...Object.fromEntries(contents),
      broker: Buffer.concat(this.broker),
      streams: contentOfFolder(federation.hubStore),
      logs: Buffer.from(this.lines.join('\n')),
      mails: Buffer.from([...sources, ...texts].join('\n')),
      figures: Buffer.from((await Promise.all(figures)).join('\n')),
    };
  }

  async stop(): Promise<void> {
    await this.federation?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private siteOf(region: string): string {
    return this.federation.regions.find(({ id }) => id === region)!.url;
  }

  private get populationFile(): string {
    return path.join(this.folder, 'persons.json');
  }

  private writePopulation(): void {
    writeFileSync(this.populationFile, JSON.stringify(population(this.youths)));
  }
}

/** What is in the files of a folder in use: one may be gone before it is read. */
const contentOfFolder = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      try {
        return entry.isFile() ? [readFileSync(path.join(entry.parentPath, entry.name))] : [];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    }),
  );
