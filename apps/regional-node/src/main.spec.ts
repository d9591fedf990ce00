import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '../../../test/database/test-database.js';
import { environmentFor } from '../test/test-node.js';

const program = fileURLToPath(new URL('../../../dist/apps/regional-node/src/main.js', import.meta.url));

/** Runs the built program until it ends; `onLine` sees each line that it logs. */
async function run(
  env: Record<string, string>,
  onLine: (line: Record<string, unknown>, stop: () => void) => void = () => undefined,
) {
  if (!existsSync(program)) throw new Error('run "npm run build" first: this test starts the built program');
  const child = spawn(process.execPath, [program], { env: { PATH: process.env.PATH, ...env } });
  let [out, err] = ['', ''];
  let read = 0;
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    const lines = out.split('\n').slice(read, -1);
    read += lines.length;
    for (const line of lines)
      onLine(JSON.parse(line) as Record<string, unknown>, () => child.kill('SIGTERM'));
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((ended) =>
    child.once('close', (...end) => ended(end)),
  );
  return { code, signal, out, err };
}

describe('the program of a regional node', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  beforeAll(async () => {
    database = await createTestDatabase();
    environment = environmentFor(database.url);
  });
  afterAll(() => database.drop());

  it('says which settings are missing, on standard error alone, and exits with 1', async () => {
    const { code, out, err } = await run({});
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^The configuration is not complete\. Set or correct:\n( {2}- [A-Z_]+: .+\n)+$/);
    expect(err).toMatch(/DATABASE_URL/);
  });

  it('says in Dutch what is wrong with a document, and exits with 1', async () => {
    const { code, err } = await run({ ...environment, COVENANT_FILE: environment.DIRECTORY_FILE! });
    expect(code).toBe(1);
    expect(err).toMatch(/^Het convenant is niet geldig:\n/);
  });

  it('starts without hub, register, mail server and login provider, logs its port, and ends when asked', async () => {
    let answered: Promise<number> | undefined;
    const { code, signal, out, err } = await run(environment, ({ event, port }, stop) => {
      if (event !== 'ready') return;
      const base = `http://127.0.0.1:${String(port)}`;
      answered = fetch(`${base}/api/v1/signals/999910000?expand=999910000`)
        .then(() => fetch(`${base}/health/ready`))
        .then(({ status }) => status)
        .finally(stop);
    });
    expect(await answered).toBe(200);
    expect(err).toBe('');
    expect([code, signal]).toEqual([0, null]);
    expect(out).toContain('"route":"/api/v1/signals/:id","status":401');
    expect(out).not.toContain('999910000');
  });

  it.each(['NODE_KEY', 'INDEX_KEY'])(
    'does not start on its database with another %s: it says so in one line, and exits with 1',
    async (variable) => {
      const { code, out, err } = await run({
        ...environment,
        [variable]: randomBytes(32).toString('base64'),
      });
      expect(code).toBe(1);
      expect(err).toMatch(
        new RegExp(`^${variable}: is not the one that this database was made with; .+\\n$`),
      );
      expect(out).not.toContain('"ready"');
    },
  );
});
