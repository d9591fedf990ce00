import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { demoCast, playStories } from './play.js';
import { loadStory, leavesTraces } from './story.js';

const STORIES = path.join(import.meta.dirname, 'stories');
const TEST_SET = path.resolve(PROJECT_ROOT, '../shared/data/brp/test-persons.json');
const ON_TEST_SET = 'half-brothers-of-the-test-set.yaml';
/** These need a federation of their own, a minute each: played by their command, and otherwise only read. */
const BY_COMMAND = [
  'move-to-another-region-protected-address.yaml',
  'new-covenant.yaml',
  'organisation-leaves.yaml',
];
const MINUTES = 60_000;

const load = (name: string) => loadStory(path.join(STORIES, name), demoCast());

describe('stories', () => {
  it(
    'of this project all pass, on one federation until time passes',
    async () => {
      const stories = readdirSync(STORIES)
        .filter((name) => name !== ON_TEST_SET && !BY_COMMAND.includes(name))
        .map(load)
        .sort((a, b) => Number(leavesTraces(a)) - Number(leavesTraces(b)));
      const played = await playStories(stories, {});
      const failures = played.flatMap(({ file, steps }) =>
        steps.filter(({ problem }) => problem).map((step) => ({ file: path.basename(file), ...step })),
      );
      expect(failures).toEqual([]);
      expect(played).toHaveLength(stories.length);
    },
    25 * MINUTES,
  );

  const there = existsSync(TEST_SET);
  if (!there) process.stderr.write('skipped: the public BRP test set is not there\n');
  (there ? it : it.skip)(
    'about the half-brothers of the public test set pass with its population',
    async () => {
      const [played] = await playStories([{ ...load(ON_TEST_SET), population: TEST_SET }], {});
      expect(played!.steps.filter(({ problem }) => problem)).toEqual([]);
      expect(played!.passed).toBe(true);
    },
    4 * MINUTES,
  );
});
