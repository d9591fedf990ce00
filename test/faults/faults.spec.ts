import { Progress } from '../../deploy/local/progress.js';
import { drawFaults, KINDS, type Targets } from './draw.js';
import { Locks } from './locks.js';
import { Accepted } from './record.js';
import { run, type RunOptions } from './run.js';

const MINUTES = 60_000;

const TARGETS: Targets = {
  regions: ['noord', 'oost', 'zuid'],
  keyHolders: ['key-holder 1', 'key-holder 2'],
  relay: 'relay',
  hub: 'hub',
  database: 'database',
};

describe('the faults that are drawn', () => {
  const draw = (seed: number, seconds = 300) => drawFaults({ seed, seconds, targets: TARGETS });

  it('are the same for the same seed, and others for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });
  it('are at least a hundred in five minutes, in order, and all within them', () => {
    const moments = draw(7).map(({ at }) => at);
    expect(moments.length).toBeGreaterThanOrEqual(100);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    expect(moments.every((at) => at >= 0 && at < 300)).toBe(true);
  });
  it.each([1, 2, 3])('are of every kind within the first minute (seed %i)', (seed) => {
    expect(new Set(draw(seed, 60).map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });
  it('hit every part in the long run', () => {
    const hit = new Set(draw(7, 3_000).map(({ target }) => target));
    expect(hit).toEqual(new Set([...TARGETS.regions, ...TARGETS.keyHolders, 'relay', 'hub', 'database']));
  });
});

describe('faults on the same part', () => {
  it('come one after another, and those on other parts do not wait', async () => {
    const locks = new Locks();
    const order: string[] = [];
    let end = () => {};
    const first = locks.holding(['a', 'b'], async () => {
      order.push('first begins');
      await new Promise<void>((resolve) => (end = resolve));
      order.push('first ends');
    });
    const second = locks.holding(['b', 'c'], async () => void order.push('second'));
    await locks.holding(['d'], async () => void order.push('elsewhere'));
    end();
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'elsewhere', 'first ends', 'second']);
  });
  it('do not wait for ever for one that failed', async () => {
    const locks = new Locks();
    await expect(
      locks.holding(['a'], async () => {
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    expect(await locks.holding(['a'], async () => 'goes on')).toBe('goes on');
  });
});

describe('the record of what was accepted', () => {
  it('holds no mail against a signal from before it was filed, though an earlier attempt was not answered', () => {
    const filer = { region: 'oost', subject: 'oost-school-1', email: 'school@oost.voorbeeld.example' };
    const accepted = new Accepted([filer]);
    const slot = accepted.slot(filer, { bsn: '999910000', birthDate: '2014-05-15', family: 1 });
    accepted.notAnswered(slot, 1_000, 'filed');
    accepted.filed(slot, 5_000, 'OOST-2026-000001');
    expect(slot.since).toBe(5_000);
  });
});

const options = (more: Partial<RunOptions>): RunOptions => ({
  seed: 1,
  seconds: 30,
  regions: 4,
  // within the limit of the test, so that it says what waits
  settleSeconds: 1_500,
  progress: new Progress({ write: () => undefined }),
  abortSignal: new AbortController().signal,
  ...more,
});

describe('four regions at work while things go wrong for a while', () => {
  it(
    'lose nothing, keep nothing too long, and tell nobody the wrong thing',
    async () => {
      const { faults, accepted, settled, checked, passed } = await run(options({}));
      expect(faults.filter(({ failed }) => !failed).length).toBeGreaterThanOrEqual(10);
      expect(faults.map(({ kind }) => kind)).toContain('backup restored');
      expect(accepted.filed).toBeGreaterThan(30);
      expect(accepted.ended).toBeGreaterThan(5);
      expect(settled).toMatchObject({ done: true, left: [] });
      expect(
        Object.fromEntries(Object.entries(checked.wrongs).filter(([, texts]) => texts.length > 0)),
      ).toEqual({});
      expect(passed).toBe(true);
    },
    30 * MINUTES,
  );
});

describe("programs that trust the broker's acknowledgement", () => {
  it(
    'lose what the broker loses, and the check notices',
    async () => {
      const { checked, passed } = await run(
        // so far apart that in between both sides have agreed anew, without which nothing is sent that could be lost
        options({ regions: 3, seconds: 24, pace: 8, kinds: ['storage wiped'], confirmAtBroker: true }),
      );
      expect(checked.wrongs.lost).not.toEqual([]);
      expect(passed).toBe(false);
    },
    30 * MINUTES,
  );
});
