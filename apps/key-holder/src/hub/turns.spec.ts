import { Turns } from './turns.js';

describe('turns', () => {
  /** Work that ends when it is told to. */
  function work() {
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const of = (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    };
    const endOne = async () => {
      ends.shift()!();
      await new Promise(setImmediate);
    };
    return { begun, of, endOne };
  }

  it('are taken by a few of one asker at a time, in the order of asking', async () => {
    const { begun, of, endOne } = work();
    const turns = new Turns();
    for (let n = 0; n < 6; n++) expect(turns.take('noord', of(`noord ${n}`))).toBe(true);
    expect(begun).toEqual(['noord 0', 'noord 1', 'noord 2', 'noord 3']);
    await endOne();
    await endOne();
    expect(begun.slice(4)).toEqual(['noord 4', 'noord 5']);
  });

  it('come at once for one asker, however much of another waits', async () => {
    const { begun, of } = work();
    const turns = new Turns();
    const taken = Array.from({ length: 1_000 }, (_, n) => turns.take('noord', of(`noord ${n}`)));
    expect(taken.filter(Boolean)).toHaveLength(504);
    expect(turns.take('zuid', of('zuid'))).toBe(true);
    expect(begun.at(-1)).toBe('zuid');
  });

  it('come again for an asker of whom too much waited', async () => {
    const { begun, of, endOne } = work();
    const turns = new Turns();
    for (let n = 0; n < 1_000; n++) turns.take('noord', of(`${n}`));
    for (let n = 0; n < 504; n++) await endOne();
    expect(turns.take('noord', of('later'))).toBe(true);
    expect(begun.at(-1)).toBe('later');
  });
});
