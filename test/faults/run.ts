import type { Progress } from '../../deploy/local/progress.js';
import { ChangedBuild } from '../changed-build/changed-build.js';
import { check, type Checked } from './check.js';
import { drawFaults, type Kind } from './draw.js';
import { Inflicter, type Inflicted } from './inflict.js';
import { Load } from './load.js';
import { Accepted, type Undone } from './record.js';
import { settle, type Settled } from './settle.js';
import { World } from './world.js';

export interface RunOptions {
  seed: number;
  /** For how long faults come. */
  seconds: number;
  regions: number;
  /** Population of the person register; without it made-up families. */
  population?: string;
  kinds?: readonly Kind[];
  /** Seconds from one fault to the next, on average. */
  pace?: number;
  /** How long settling may take at most, in seconds; 40 minutes unless told. */
  settleSeconds?: number;
  /** Run a build in which the sender takes the broker's acknowledgement as confirmation. */
  confirmAtBroker?: boolean;
  progress: Progress;
  abortSignal: AbortSignal;
  onLine?: (program: string, line: string) => void;
}

/** How a run went. */
export interface Outcome {
  seed: number;
  faults: Inflicted[];
  accepted: { filed: number; ended: number; contacts: number; changes: number; unanswered: number };
  undone: Undone[];
  settled: Settled;
  checked: Checked;
  passed: boolean;
}

/** Starts a federation, lets people work and things go wrong, waits until all has settled, and compares. */
export async function run(options: RunOptions): Promise<Outcome> {
  const build = options.confirmAtBroker ? new ChangedBuild(CONFIRMED_AT_BROKER) : undefined;
  try {
    const world = await World.start({ ...options, ...(build ? { distRoot: build.distRoot } : {}) });
    try {
      return await runIn(world, options);
    } finally {
      await world.stop();
    }
  } finally {
    build?.remove();
  }
}

/** What is acknowledged by the broker is forgotten, as if the receiving application had confirmed it. */
const CONFIRMED_AT_BROKER = [
  {
    file: 'libs/messaging/src/outbox-sender.js',
    from: 'update outbox_message set sent_at = $2, attempts = attempts + 1',
    to: 'with sent_at as (select $2::timestamptz) delete from outbox_message',
  },
];

/** How long people work before the first fault. */
const WARM_UP_SECONDS = 5;

async function runIn(
  world: World,
  { seed, seconds, kinds, pace, settleSeconds = 40 * 60, progress, abortSignal }: RunOptions,
): Promise<Outcome> {
  const say = (line: string) => progress.say(line);
  const { federation, casts, youths, targets } = world;
  const accepted = new Accepted(casts.flatMap(({ filers }) => filers));
  const urlOf = (region: string) => federation.regions.find(({ id }) => id === region)!.url;
  const load = new Load(urlOf, casts, youths, accepted, seed);
  const inflicter = new Inflicter(world, load, accepted, say);
  const faults = drawFaults({
    seed,
    seconds,
    targets,
    ...(kinds ? { kinds } : {}),
    ...(pace ? { pace } : {}),
  });
  say(`${faults.length} faults in ${seconds} s, seed ${seed}, ${casts.length} regions`);
  load.start();
  try {
    const late = faults.map((fault) => ({ ...fault, at: fault.at + WARM_UP_SECONDS }));
    await inflicter.inflictAll(late, abortSignal);
  } finally {
    await load.stop();
  }
  for (const name of [...targets.regions, ...targets.keyHolders, targets.relay])
    await federation.program(name).whenReady(READY_MS);
  say('no more faults, and everybody has gone home');
  const settled = await settle(world, accepted, settleSeconds, abortSignal, say);
  const checked = await check(world, accepted, inflicter.inflicted);
  return {
    seed,
    faults: inflicter.inflicted,
    accepted: {
      filed: accepted.count('filed'),
      ended: accepted.count('ended'),
      contacts: accepted.count('contact made'),
      changes: accepted.count('contact data changed'),
      unanswered: accepted.unanswered,
    },
    undone: accepted.undone,
    settled,
    checked,
    passed: settled.done && Object.values(checked.wrongs).every((texts) => texts.length === 0),
  };
}

const READY_MS = 180_000;
