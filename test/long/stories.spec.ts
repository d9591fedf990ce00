import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { LONG_STORIES, ON_TEST_SET } from '../federation/long-stories.js';
import { demoCast, playStories } from '../federation/play.js';
import { loadStory } from '../federation/story.js';

const STORIES = path.join(PROJECT_ROOT, 'test/federation/stories');
const TEST_SET = path.resolve(PROJECT_ROOT, '../shared/data/brp/test-persons.json');
const MINUTES = 60_000;

async function passes(name: string, population?: string): Promise<void> {
  const story = loadStory(path.join(STORIES, name), demoCast());
  const [played] = await playStories([population ? { ...story, population } : story], {});
  expect(played!.steps.filter(({ problem }) => problem)).toEqual([]);
  expect(played!.passed).toBe(true);
}

describe('a story on a federation of its own', () => {
  it.each(LONG_STORIES)('passes: %s', (name) => passes(name), 10 * MINUTES);

  const there = existsSync(TEST_SET);
  if (!there) process.stderr.write('skipped: the public BRP test set is not there\n');
  (there ? it : it.skip)(
    'passes with the public test set',
    () => passes(ON_TEST_SET, TEST_SET),
    10 * MINUTES,
  );
});
