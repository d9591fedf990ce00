import { Progress } from '../../deploy/local/progress.js';
import { run } from '../faults/run.js';

const MINUTES = 60_000;

describe('five regions at work while things go wrong for two minutes', () => {
  it.each([1, 2, 3])(
    'lose nothing, keep nothing too long, and tell nobody the wrong thing (seed %i)',
    async (seed) => {
      const { settled, checked, passed } = await run({
        ...{ seed, seconds: 120, regions: 5, settleSeconds: 1_200 },
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
