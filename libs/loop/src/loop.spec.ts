import { setTimeout as wait } from 'node:timers/promises';
import { Loop } from './index.js';

describe('a loop', () => {
  it('works again after each pause until it is stopped', async () => {
    let turns = 0;
    const loop = new Loop(
      async () => void (turns += 1),
      5,
      () => undefined,
    );
    loop.wake();
    while (turns < 3) await wait(1);
    await loop.stop();
    const stopped = turns;
    loop.wake();
    await wait(20);
    expect(turns).toBe(stopped);
  });

  it('never works twice at once, and once more when woken meanwhile', async () => {
    let turns = 0;
    let atOnce = 0;
    const loop = new Loop(
      async () => {
        turns += 1;
        atOnce += 1;
        expect(atOnce).toBe(1);
        await wait(20);
        atOnce -= 1;
      },
      60_000,
      (error) => {
        throw error;
      },
    );
    loop.wake();
    loop.wake();
    loop.wake();
    await wait(100);
    expect(turns).toBe(2);
    await loop.stop();
  });

  it('goes on after a failure, and tells of it', async () => {
    const errors: unknown[] = [];
    let turns = 0;
    const loop = new Loop(
      async () => {
        turns += 1;
        if (turns === 1) throw new Error('once');
      },
      1,
      (error) => errors.push(error),
    );
    loop.wake();
    while (turns < 2) await wait(1);
    await loop.stop();
    expect(errors).toEqual([new Error('once')]);
  });

  it('waits, when stopped, for the work that is under way', async () => {
    let done = false;
    const loop = new Loop(
      async () => {
        await wait(20);
        done = true;
      },
      1,
      () => undefined,
    );
    loop.wake();
    await loop.stop();
    expect(done).toBe(true);
    expect(loop.stopping).toBe(true);
  });
});
