import { setMaxListeners } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../../deploy/local/part.js';
import type { ChildProgram } from '../../deploy/local/processes.js';
import type { Federation } from '../../deploy/local/federation.js';
import { backUp, restore } from '../federation/backup.js';
import { query } from '../federation/database.js';
import { erasureToken } from '../../apps/regional-node/src/erasures/erasures.js';
import { describeFault, type Fault } from './draw.js';
import type { Load } from './load.js';
import { Locks } from './locks.js';
import type { Accepted } from './record.js';
import { messagesWaiting, resizeStreams, streamsThere } from './streams.js';
import type { World } from './world.js';

/** A fault that was inflicted, with the real times, in milliseconds of the machine's clock. */
export interface Inflicted extends Fault {
  from: number;
  until: number;
  /** Why it could not be inflicted, if it could not. */
  failed?: string;
}

/** How long one is tried that cannot be inflicted at once, because another has just hit the same part. */
const PATIENCE_MS = 60_000;

/** Inflicts faults on a federation at work. Each leaves the part as it should be, so that the end of the last is the end of all. */
export class Inflicter {
  readonly inflicted: Inflicted[] = [];
  private readonly locks = new Locks();

  constructor(
    private readonly world: World,
    private readonly load: Load,
    private readonly accepted: Accepted,
    private readonly say: (line: string) => void,
  ) {}

  /** Inflicts all, each at its moment, and waits until they are over. */
  async inflictAll(faults: readonly Fault[], abortSignal: AbortSignal): Promise<void> {
    const begin = performance.now();
    setMaxListeners(0, abortSignal);
    await Promise.all(
      faults.map(async (fault, n) => {
        const wait = fault.at * 1000 - (performance.now() - begin);
        await sleep(Math.max(0, wait), undefined, { signal: abortSignal });
        const from = Date.now();
        let failed: string | undefined;
        try {
          await this.inflict(fault);
        } catch (error) {
          failed = (error as Error).message;
        }
        this.inflicted.push({ ...fault, from, until: Date.now(), ...(failed ? { failed } : {}) });
        const seconds = ((performance.now() - begin) / 1000).toFixed(1).padStart(6);
        this.say(
          `${seconds} s  ${String(n + 1).padStart(3)}  ${describeFault(fault)}${failed ? ` (not inflicted: ${failed})` : ''}`,
        );
      }),
    );
  }

  private inflict(fault: Fault): Promise<void> {
    const { kind, target, to, seconds, hours } = fault;
    const { federation } = this.world;
    const pause = () => sleep(seconds * 1000);
    const held = (names: string[], work: () => Promise<void>) => this.locks.holding(names, work);
    switch (kind) {
      case 'kill':
        return held([target], () => this.kill(target));
      case 'freeze':
        return held([target], async () => {
          const thaw = this.freeze(target);
          await pause();
          thaw();
        });
      case 'connections dropped':
        return held(['database'], async () => {
          await query(
            federation.postgres.adminUrl,
            `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`,
            [target],
          );
        });
      case 'storage wiped':
        return held([target, `${this.world.targets.relay} to hub`], () => this.wipe(pause));
      case 'link cut':
      case 'link slow':
      case 'link resetting':
        return held([`${target} to ${to}`], () => this.disturb(fault));
      case 'clock off':
        return held([`clock of ${target}`], async () => {
          this.world.setClock(target, hours!);
          await pause();
          this.world.setClock(target, 0);
        });
      case 'streams full':
        return held([`streams of ${target}`], async () => {
          await resizeStreams(federation, target, 'tiny', PATIENCE_MS);
          await pause();
          await resizeStreams(federation, target, 'usual', PATIENCE_MS);
        });
      case 'backup restored':
        return this.goBack(target, pause);
    }
  }

  /** Kills, and starts again what has no supervisor. */
  private async kill(target: string): Promise<void> {
    const part: Part = this.world.federation.part(target);
    if (isProgram(part)) await part.whenReady(PATIENCE_MS);
    await part.kill();
    if (!isProgram(part)) await part.start();
  }

  private freeze(target: string): () => void {
    const { federation, targets } = this.world;
    if (target === targets.database) return this.world.freezeDatabase();
    const frozen = target === targets.hub ? federation.nats : federation.program(target);
    frozen.freeze();
    return () => frozen.thaw();
  }

  /** While the relay hears nothing, and not before there is something to lose: a wipe of empty streams would lose nothing. */
  private async wipe(pause: () => Promise<void>): Promise<void> {
    const { federation, targets } = this.world;
    const link = this.world.link(targets.relay, 'hub');
    await streamsThere(federation, targets.regions, PATIENCE_MS); // a wipe just before may have taken them
    link.cut();
    try {
      await pause();
      await messagesWaiting(federation, targets.regions, PATIENCE_MS);
      await federation.stopPart(targets.hub);
      rmSync(federation.hubStore, { recursive: true, force: true });
      await federation.startPart(targets.hub);
    } finally {
      link.reset(); // with what was on its way
      link.mend();
    }
  }

  private async disturb({ kind, target, to, seconds }: Fault): Promise<void> {
    const link = this.world.link(target, to!);
    if (kind === 'link cut') link.cut();
    if (kind === 'link slow') link.slow(SLOW_MS);
    const until = performance.now() + seconds * 1000;
    while (performance.now() < until) {
      if (kind === 'link resetting') link.reset();
      await sleep(Math.min(500, Math.max(0, until - performance.now())));
    }
    link.mend();
  }

  /** Takes a copy of a party's database, and puts it back after a while in which everybody worked on. */
  private async goBack(party: string, pause: () => Promise<void>): Promise<void> {
    const { federation, targets } = this.world;
    const isRegion = targets.regions.includes(party);
    const alone = <T>(work: () => Promise<T>) =>
      // it starts again over that link
      this.locks.holding(['database', party, `${party} to database`], () =>
        this.load.withoutRequests(party, work),
      );
    // one at a time: what two parties forget of the same moments, nobody remembers
    return this.locks.holding(['backup'], async () => {
      const recall = await alone(async () => {
        const recall = isRegion ? this.accepted.backUp(party) : undefined;
        await backUp(federation, party);
        return recall;
      });
      await pause();
      await alone(async () => {
        const remembered = isRegion ? await erasuresRemembered(federation, party) : new Set<string>();
        await restore(federation, party);
        const undone = recall?.(Date.now(), (id) => remembered.has(erasureToken(id).toString('hex')));
        if (undone) this.say(`          the backup of ${party} undoes ${inWords(undone.undone)}`);
      });
    });
  }
}

/** The tokens, in hex, of the signals of a region of which the relay remembers that they ended. */
async function erasuresRemembered({ postgres }: Federation, region: string): Promise<Set<string>> {
  const rows = await query<{ token: string }>(
    postgres.urlOf('relay'),
    `select encode(token, 'hex') as token from erasure where region = $1`,
    [region],
  );
  return new Set(rows.map(({ token }) => token));
}

const SLOW_MS = 150;

const isProgram = (part: Part): part is ChildProgram => 'whenReady' in part;

const inWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} × ${what}`)
    .join(', ') || 'nothing';
