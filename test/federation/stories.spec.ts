import { readdirSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { IN_ORDER, LONG_STORIES, ON_IRREGULAR_PERSONS, ON_TEST_SET } from './long-stories.js';
import { demoCast, playStories } from './play.js';
import { loadStory, leavesTraces } from './story.js';
import { strictRegister } from './strict-register.js';

const STORIES = path.join(import.meta.dirname, 'stories');
const IRREGULAR_PERSONS = path.join(PROJECT_ROOT, 'apps/brp-simulator/population/irregular-persons.json');
const MINUTES = 60_000;

const load = (name: string) => loadStory(path.join(STORIES, name), demoCast());

describe('stories', () => {
  it(
    'of this project all pass, on one federation',
    async () => {
      const stories = readdirSync(STORIES)
        .filter((name) => ![...LONG_STORIES, ON_TEST_SET, ON_IRREGULAR_PERSONS].includes(name))
        .sort((a, b) => IN_ORDER.indexOf(a) - IN_ORDER.indexOf(b))
        .map(load);
      expect(stories.filter(leavesTraces)).toHaveLength(IN_ORDER.length);
      const played = await playStories(stories, {}, {}, { tracesDoNotMeet: true });
      const failures = played.flatMap(({ file, steps }) =>
        steps.filter(({ problem }) => problem).map((step) => ({ file: path.basename(file), ...step })),
      );
      expect(failures).toEqual([]);
      expect(played).toHaveLength(stories.length);
    },
    25 * MINUTES,
  );

  it(
    'about halves without a date of enrolment pass with their population, on a register that asks for certificate, token and headers',
    async () => {
      const story = { ...load(ON_IRREGULAR_PERSONS), population: IRREGULAR_PERSONS };
      const [played] = await playStories([story], { settings: strictRegister() });
      expect(played!.steps.filter(({ problem }) => problem)).toEqual([]);
      expect(played!.passed).toBe(true);
    },
    10 * MINUTES,
  );
});
