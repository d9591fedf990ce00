import { Progress } from './progress.js';

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 40, written, write: (text: string) => written.push(text) };
};

describe('progress', () => {
  it('is plain lines where there is no terminal', async () => {
    const out = stream(false);
    const progress = new Progress(out);
    const result = await progress.step('broker', async (note) => {
      note('downloading');
      return 7;
    });
    progress.say('all is up');
    expect(result).toBe(7);
    expect(out.written.join('')).toMatch(
      /^broker …\n {2}broker: downloading\n✓ broker \(\d+\.\d s\)\nall is up\n$/,
    );
  });

  it('rewrites one line on a terminal, no wider than that, and leaves the result', async () => {
    const out = stream(true);
    await new Progress(out).step('broker', async (note) => note(`downloading ${'x'.repeat(100)}`));
    const drawn = out.written.filter((text) => text.startsWith('…'));
    expect(drawn.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...drawn.map((text) => text.length))).toBeLessThan(40);
    expect(out.written.slice(-2)[0]).toBe('\r\x1b[2K');
    expect(out.written.at(-1)).toMatch(/^✓ broker \(\d+\.\d s\)\n$/);
  });

  it('marks a step that failed, and passes the error on', async () => {
    const out = stream(false);
    const failing = new Progress(out).step('database', () => Promise.reject(new Error('no disk')));
    await expect(failing).rejects.toThrow('no disk');
    expect(out.written.at(-1)).toMatch(/^✗ database/);
  });
});
