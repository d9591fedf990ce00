import { Child } from '../../../deploy/local/child.js';
import { PROJECT_ROOT } from '../../../deploy/local/project-root.js';
import { Federation } from './federation.js';

describe('the program of a key holder', () => {
  let federation: Federation;
  beforeAll(async () => {
    federation = await Federation.start();
  });
  afterAll(() => federation?.stop());

  const start = (env: Record<string, string>, lines: string[] = []) =>
    new Child({
      name: 'key-holder',
      command: process.execPath,
      args: ['dist/apps/key-holder/src/main.js'],
      cwd: PROJECT_ROOT,
      env,
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    });

  it('does not start without a setting, and says only which one', async () => {
    const { SHARE_KEY: _, ...incomplete } = federation.environmentOf('holder-1');
    const lines: string[] = [];
    expect(await start(incomplete, lines).ended).toBe('exit code 1');
    expect(lines[0]).toMatch(/^stderr: The configuration is not complete/);
    expect(lines[1]).toMatch(/^stderr: +- SHARE_KEY: must be 32 random bytes/);
    expect(lines).toHaveLength(2);
  });

  it('says on which port it is ready, and ends in good order', async () => {
    const child = start(federation.environmentOf('holder-1'));
    const port = await child.firstLine((line) => {
      const { event, port } = JSON.parse(line) as { event?: string; port?: number };
      return event === 'ready' ? port : undefined;
    });
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    await child.stop();
    expect(await child.ended).toBe('exit code 0');
  });

  it('waits for a hub that does not know it yet', async () => {
    const environment = { ...federation.environmentOf('holder-2'), ...federation.strangersCertificate() };
    const child = start(environment);
    await child.firstLine((line) => line.includes('"ready"') || undefined);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(child.running).toBe(true);
    await child.stop();
    expect(await child.ended).toBe('exit code 0');
  });
});
