import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { environmentFile } from '../../deploy/images/environment-file.js';
import { containerPlace } from '../../deploy/images/places.js';
import { demoRegions } from '../../deploy/local/demo.js';
import { environments } from '../../deploy/local/environments.js';
import { providePlan } from '../../deploy/local/plan.js';
import { PROJECT_ROOT } from '../../deploy/local/project-root.js';

interface Service {
  image: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  network_mode?: string;
}

const { services } = parse(readFileSync(path.join(PROJECT_ROOT, 'docker-compose.federation.yml'), 'utf8'), {
  merge: true,
}) as { services: Record<string, Service> };

describe('the compose file', () => {
  let folder: string;
  let settings: ReturnType<typeof environments>;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'compose-spec-'));
    const plan = await providePlan(folder, demoRegions());
    settings = environments(plan, demoRegions(), containerPlace(plan, '/federation', 'unused'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const programs = Object.entries(services).filter(([, { environment }]) => environment?.APP);

  it('runs every program of the plan with its own settings, and nothing else', () => {
    const files = programs.map(([, { environment }]) => environment!.ENV_FILE);
    expect(files.sort()).toEqual(
      Object.keys(settings)
        .map((name) => `/federation/${environmentFile(name)}`)
        .sort(),
    );
  });

  it('names hosts in the settings that are services', () => {
    for (const environment of Object.values(settings)) {
      for (const value of Object.values(environment)) {
        const [, host] = /^\w+:\/\/(?:[^@/]*@)?([^:/]+):\d+/.exec(value) ?? [];
        if (host && host !== '127.0.0.1') expect(Object.keys(services)).toContain(host);
      }
    }
  });

  it('publishes, at the host’s loopback only, exactly the programs that are reached there', () => {
    const published = Object.values(services).flatMap(({ ports = [] }) => ports);
    const reached = Object.values(settings).flatMap(({ PUBLIC_URL, ISSUER, PORT }) =>
      PUBLIC_URL || ISSUER ? [PORT!] : [],
    );
    const others = ['4112', settings['person register']!.PORT!];
    expect(published.sort()).toEqual(
      [...reached, ...others].map((port) => `127.0.0.1:${port}:${port}`).sort(),
    );
    for (const [, { network_mode, environment }] of programs) {
      const program = Object.keys(settings).find((name) =>
        environment!.ENV_FILE!.endsWith(`/${environmentFile(name)}`),
      )!;
      expect(network_mode).toBe(reached.includes(settings[program]!.PORT!) ? 'service:front' : undefined);
    }
  });

  it('shows the plan, which holds everybody’s keys, to the set-up alone', () => {
    const seeing = Object.entries(services).flatMap(([name, { volumes = [] }]) =>
      volumes.some((volume) => volume.startsWith('plan:')) ? [name] : [],
    );
    expect(seeing).toEqual(['setup']);
  });
});
