import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILT = fileURLToPath(new URL('../../../dist/libs/program/src/index.js', import.meta.url));

/** Runs a small program on the built library until it ends; `onLine` sees each event that it logs. */
async function run(start: string, onEvent: (event: string, send: (name: NodeJS.Signals) => void) => void) {
  if (!existsSync(BUILT)) throw new Error('run "npm run build" first: this test uses the built library');
  const text = `
    import { ProgramLogger } from '#libs/observability';
    import { ConfigurationError } from '#libs/configuration';
    import { runProgram } from '#libs/program';
    class Explained extends Error {}
    const logger = new ProgramLogger('test');
    const forever = new Promise(() => setInterval(() => {}, 1_000_000));
    await runProgram('The test', async (program) => { ${start} }, [Explained]);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', text], { cwd: ROOT });
  const events: string[] = [];
  const times: Record<string, number> = {};
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    for (const line of out.split('\n').slice(events.length, -1)) {
      const { event } = JSON.parse(line) as { event: string };
      events.push(event);
      times[event] = performance.now();
      onEvent(event, (name) => child.kill(name));
    }
  });
  const code = await new Promise((ended) => child.once('close', (code, signal) => ended(code ?? signal)));
  const secondsSince = (event: string) => (performance.now() - times[event]!) / 1_000;
  return { code, out, err, events, secondsSince };
}
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const once = (name: NodeJS.Signals) => (event: string, send: (name: NodeJS.Signals) => void) => {
  if (event === 'runs') send(name);
};

describe('a program that is told to stop', () => {
  it('finishes on SIGTERM, SIGINT and SIGHUP alike, and ends with 0', async () => {
    const start = `program.stopBy(logger, { finish: async () => logger.event('finished') });
      logger.event('runs'); await forever;`;
    const ends = await Promise.all(SIGNALS.map((name) => run(start, once(name))));
    for (const { code, events, err } of ends)
      expect([code, events, err]).toEqual([0, ['runs', 'stopping', 'finished'], '']);
  });

  it('ends at once while there is nothing to finish', async () => {
    const { code, events } = await run(`logger.event('runs'); await forever;`, once('SIGTERM'));
    expect([code, events]).toEqual([0, ['runs']]);
  });

  it('announces it, and goes on for the delay before it finishes', async () => {
    const { code, out, events } = await run(
      `program.stopBy(logger, {
         delaySeconds: 1,
         announce: () => logger.event('announced'),
         finish: async () => logger.event('finished'),
       });
       logger.event('runs');`,
      once('SIGTERM'),
    );
    expect([code, events]).toEqual([0, ['runs', 'stopping', 'announced', 'finished']]);
    const [, , announced, finished] = out.split('\n').map((line) => /"time":"([^"]*)"/.exec(line)?.[1]);
    expect(Date.parse(finished!) - Date.parse(announced!)).toBeGreaterThan(950);
  });

  it('ends at once when it is told a second time', async () => {
    const { code, events, secondsSince } = await run(
      `program.stopBy(logger, { delaySeconds: 600, finish: () => forever }); logger.event('runs'); await forever;`,
      (event, send) => {
        if (event === 'runs') send('SIGTERM');
        if (event === 'stopping') send('SIGINT');
      },
    );
    expect([code, events]).toEqual([0, ['runs', 'stopping']]);
    expect(secondsSince('stopping')).toBeLessThan(5);
  });

  it('ends all the same when what runs does not finish', async () => {
    const { code, events, secondsSince } = await run(
      `program.stopBy(logger, { finish: () => forever }); logger.event('runs'); await forever;`,
      once('SIGTERM'),
    );
    expect([code, events]).toEqual([0, ['runs', 'stopping', 'stopped-unfinished']]);
    expect(secondsSince('stopping')).toBeLessThan(10);
  });

  it('ends with 1 when finishing fails, and tells the kind of error only', async () => {
    const { code, out, events } = await run(
      `program.stopBy(logger, { finish: async () => { throw new TypeError('of a person') } });
       logger.event('runs'); await forever;`,
      once('SIGTERM'),
    );
    expect([code, events]).toEqual([1, ['runs', 'stopping', 'stopped-by-error']]);
    expect(out).toContain('"error":"TypeError"');
    expect(out).not.toContain('of a person');
  });

  it('does not take for a failed start what is overtaken by the stop', async () => {
    const { code, err } = await run(
      `let fail;
       const closed = new Promise((_, reject) => (fail = reject));
       program.stopBy(logger, {
         finish: async () => { fail(new Error('closed')); await new Promise((done) => setTimeout(done, 100)); },
       });
       logger.event('runs'); await closed;`,
      once('SIGTERM'),
    );
    expect([code, err]).toEqual([0, '']);
  });
});

describe('a program that cannot start', () => {
  it('says why on standard error alone, without what other errors quote, and ends with 1', async () => {
    const reasons = [
      [`new ConfigurationError('PORT: must be a port')`, 'PORT: must be a port\n'],
      [`new Explained('do this')`, 'do this\n'],
      [`new TypeError('of a person')`, 'The test cannot start: TypeError\n'],
    ] as const;
    const ends = await Promise.all(
      reasons.map(([error]) => run(`setInterval(() => {}, 1_000); throw ${error};`, () => undefined)),
    );
    expect(ends.map(({ code, out, err }) => [code, out, err])).toEqual(
      reasons.map(([, message]) => [1, '', message]),
    );
  });
});
