import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { DataSource } from 'typeorm';
import { Child } from '../../../deploy/local/child.js';
import { TestFederation } from './test-federation.js';
import { newTag, type TestRegion } from './test-region.js';
import { until } from './until.js';

const PROGRAM = fileURLToPath(new URL('../../../dist/apps/national-relay/src/main.js', import.meta.url));

describe('the relay as a program', () => {
  let federation: TestFederation;
  const children: Child[] = [];
  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
  });
  afterAll(async () => {
    await Promise.all(children.map((child) => child.kill()));
    await federation?.stop();
  });

  const run = (environment: Record<string, string | undefined>) => {
    const output = { stdout: [] as string[], stderr: [] as string[] };
    const child = new Child({
      name: 'national-relay',
      command: process.execPath,
      args: [PROGRAM],
      env: { PATH: process.env.PATH, ...environment },
      onLine: (line, stream) => output[stream].push(line),
    });
    children.push(child);
    return { child, output };
  };
  const isReady = (line: string) => line.includes('"event":"ready"') || undefined;

  it('says on standard error, and nothing else there, which setting is missing, and ends', async () => {
    const { child, output } = run({ ...federation.environment(), PEPPER: undefined });
    expect(await child.ended).toBe('exit code 1');
    expect(output.stderr[0]).toMatch(/The configuration is not complete/);
    expect(output.stderr.slice(1).join()).toMatch(/^ {2}- PEPPER: [^,]*$/);
    expect(output.stdout).toEqual([]);
  });

  it('says why it does not trust its register, and ends', async () => {
    const { child, output } = run({
      ...federation.environment(),
      COORDINATOR_KEY: federation.relay.signing.publicKey,
    });
    expect(await child.ended).toBe('exit code 1');
    expect(output.stderr).toEqual(['REGISTER_FILE: the region register not signed by the coordinator']);
  });

  it('loses nothing and doubles nothing when it is killed again and again in the middle of its work', async () => {
    const [noord, zuid] = await Promise.all([federation.region('noord'), federation.region('zuid')]);
    let { child } = run(federation.environment());
    await child.firstLine(isReady);
    await Promise.all([noord.listen(), zuid.listen()]);
    const database = await new DataSource({ type: 'postgres', url: federation.database.url }).initialize();
    const tags = Array.from({ length: 200 }, () => newTag());
    const sending = Promise.all([sendAll(noord, tags), sendAll(zuid, [...tags].reverse())]);
    const applied = async () => {
      const [row] = await database.query<[{ n: number }]>('select count(*)::int as n from tag');
      return row.n;
    };
    for (const share of [0.1, 0.5]) {
      await until(async () => (await applied()) > share * 2 * tags.length);
      await child.kill();
      ({ child } = run(federation.environment()));
      await child.firstLine(isReady);
    }
    await sending;
    const complete = (region: TestRegion) => region.bodies('match.found').length >= tags.length;
    await until(() => complete(noord) && complete(zuid), 120);
    for (const region of [noord, zuid]) {
      const notices = region.bodies('match.found');
      expect(notices).toHaveLength(tags.length);
      expect(new Set(notices.map(({ handle }) => handle)).size).toBe(tags.length);
    }
    expect(new Set(noord.bodies('match.found').map(({ matchId }) => matchId))).toEqual(
      new Set(zuid.bodies('match.found').map(({ matchId }) => matchId)),
    );
    await child.stop();
    expect(await child.ended).toBe('exit code 0');
    await database.destroy();
  });
});

async function sendAll(region: TestRegion, tags: readonly string[]): Promise<void> {
  for (const tag of tags) await region.put(tag);
}
