import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PARTS } from '../../deploy/local/environments.js';
import { Federation } from '../../deploy/local/federation.js';
import { type LogEntry } from '../../deploy/local/processes.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { baseline, BASELINE } from '../baseline/release.js';
import { Stage } from '../federation/stage.js';
import { Neighbours } from './neighbours.js';

const MINUTES = 60_000;
const REGION = 'midden-nederland';
const { relay: RELAY } = PARTS;
const HOLDER = PARTS.keyHolder(0);

const { folder, reason } = baseline();
if (reason) process.stderr.write(`upgrade.spec.ts skipped: ${reason}\n`);
const withBaseline = folder === undefined ? describe.skip : describe;

/** The documents of all regions: those of the old release where its program reads them, which does not know what has come since. */
function documentsOf(old: readonly string[]): string {
  const documents = mkdtempSync(path.join(tmpdir(), 'upgrade-'));
  const demo = 'deploy/local/demo';
  cpSync(path.join(PROJECT_ROOT, demo), documents, { recursive: true });
  if (old.includes(REGION))
    cpSync(path.join(folder!, demo, REGION), path.join(documents, REGION), { recursive: true });
  return documents;
}

/** What runs the old release at first, in the order in which it is upgraded. Together these are all mixes of the three. */
const UPGRADES = [
  [RELAY, HOLDER, REGION],
  [REGION, RELAY],
  [RELAY, HOLDER],
];

withBaseline.each(UPGRADES.map((old) => ({ old, names: old.join(' and ') })))(
  `release ${BASELINE.version} at $names`,
  ({ old }) => {
    const logs: { program: string; entry: LogEntry }[] = [];
    let federation: Federation;
    let neighbours: Neighbours;
    beforeAll(async () => {
      federation = await Federation.start({
        builds: Object.fromEntries(old.map((program) => [program, path.join(folder!, 'dist')])),
        regions: documentsOf(old),
        onLog: (program, entry) => logs.push({ program, entry }),
      });
      neighbours = new Neighbours(new Stage(federation), federation, logs, new Set(old));
    }, 4 * MINUTES);
    afterAll(() => federation?.stop());

    for (const [at, program] of old.entries()) {
      const left = old.slice(at);
      it(
        `with the old ${left.join(' and ')}, people of both regions find each other and part`,
        async () => {
          await neighbours.meet('mn', 'jm');
          await neighbours.meet('jm', 'mn');
          await neighbours.part('mn', 'jm');
          await neighbours.part('jm', 'mn');
          await neighbours.nothingIsLost();
          await neighbours.nothingIsWrong();
        },
        15 * MINUTES,
      );

      it(
        `in the present build, ${program} goes on with all that it had`,
        async () => {
          await neighbours.upgrade(program);
          await neighbours.nothingIsWrong();
        },
        15 * MINUTES,
      );
    }

    it(
      'with nothing old left, who was suspended matches again, and every party follows the register',
      async () => {
        await neighbours.suspendInTurn('jm', 'mn', 'rm');
        await neighbours.nothingIsLost();
        await neighbours.nothingIsWrong();
      },
      15 * MINUTES,
    );

    it(
      'with nothing old left, new signals match and end',
      async () => {
        await neighbours.meet('mn', 'jm');
        await neighbours.part('jm', 'mn');
        await neighbours.nothingIsLost();
        await neighbours.nothingIsWrong();
      },
      5 * MINUTES,
    );
  },
);
