import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';
import { Progress } from '../../deploy/local/progress.js';
import { run } from '../faults/run.js';

const MINUTES = 60_000;
const TEST_SET = path.resolve(PROJECT_ROOT, '../shared/data/brp/test-persons.json');
const isThere = existsSync(TEST_SET);
if (!isThere) process.stderr.write('skipped: the public BRP test set is not there\n');

describe('five regions at work while things go wrong for two minutes', () => {
  it.each([
    ['made-up families', 1, undefined],
    ['made-up families', 2, undefined],
    ['made-up families', 3, undefined],
    ...(isThere ? [['the public test set', 4, TEST_SET] as const] : []),
  ] as const)(
    'lose nothing, keep nothing too long, and tell nobody the wrong thing (%s, seed %i)',
    async (_who, seed, population) => {
      const { settled, checked, passed } = await run({
        ...{ seed, seconds: 120, regions: 5, settleSeconds: 1_200, ...(population ? { population } : {}) },
        progress: new Progress({ write: () => undefined }),
        abortSignal: new AbortController().signal,
      });
      expect(settled).toMatchObject({ done: true, left: [] });
      const wrong = Object.entries(checked.wrongs).filter(([, texts]) => texts.length > 0);
      expect(Object.fromEntries(wrong)).toEqual({});
      expect(passed).toBe(true);
    },
    30 * MINUTES,
  );
});
