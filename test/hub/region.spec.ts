import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { hubLogin } from '#libs/messaging';
import {
  generateKeys,
  openRegister,
  Signer,
  signRegister,
  subjects,
  type SignedRegister,
} from '#libs/protocol';
import { TestFederation } from '../../apps/national-relay/test/test-federation.js';
import { newTag } from '../../apps/national-relay/test/test-region.js';
import { TestRelay } from '../../apps/national-relay/test/test-relay.js';
import { hubSettings, tlsFiles } from '../../deploy/local/certificates.js';
import { startNats } from '../../deploy/local/nats-server.js';
import { compiled } from '../../deploy/local/project-root.js';

const NOT_LET_IN = /Authorization Violation|EPIPE|ECONNRESET/;

describe('the region command', () => {
  let federation: TestFederation;
  let relay: TestRelay;
  let applicant: string;
  const inFolder = (name: string) => path.join(federation.folder, name);

  /** Runs the command, with everything on one machine unless other settings are named. */
  const region = async (args: string[], settings = 'region.json') => {
    const program = compiled('deploy/hub/region.ts');
    const child = spawn(process.execPath, [program, '--settings', inFolder(settings), ...args]);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += String(text)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  };
  const writeSettings = (name: string, settings: object) => {
    const coordinatorKey = federation.coordinator.publicKey;
    writeFileSync(inFolder(name), JSON.stringify({ coordinatorKey, ...settings }));
  };

  beforeAll(async () => {
    federation = await TestFederation.start('noord', 'zuid');
    relay = await TestRelay.start(federation);
    applicant = inFolder('applicant');
    writeFileSync(inFolder('coordinator.json'), JSON.stringify(federation.coordinator));
    writeFileSync(inFolder('authority.json'), JSON.stringify(await federation.authority.identity()));
    const hub = { register: 'register.json', hub: 'hub.conf', relay: await relay.app.getUrl() };
    writeSettings('region.json', { ...hub, coordinator: 'coordinator.json', authority: 'authority.json' });
    writeSettings('coordinator-only.json', { register: 'signed.json', coordinator: 'coordinator.json' });
    writeSettings('hub-only.json', hub);
  });
  afterAll(async () => {
    await relay?.stop();
    await federation?.stop();
  });

  /** Joins the hub as the region that applied. */
  const oost = async <T>(use: (connection: NatsConnection) => Promise<T> | T): Promise<T> => {
    const settings = hubSettings(federation.hub.url, tlsFiles(applicant, 'oost'));
    const connection = await connect({ ...hubLogin(settings, 'oost'), reconnect: false });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  };
  const stateOfOost = async (): Promise<string | undefined> => {
    const { body } = await relay.get('/api/v1/regions', 'landelijk');
    const { regions } = body as { regions: { id: string; state: string }[] };
    return regions.find(({ id }) => id === 'oost')?.state;
  };
  const streamsOfOost = async () => {
    const text = await (await fetch(`${federation.hub.monitorUrl}/jsz?streams=true`)).text();
    return ['UP_oost', 'DOWN_oost'].filter((name) => text.includes(`"${name}"`));
  };

  it('lists who takes part', async () => {
    const { code, said } = await region(['list']);
    expect(said).toMatch(
      /^Version 1 of the register.*\n {2}noord +admitted +Verwijsindex noord, .*CN=noord.*\n {2}zuid +admitted /,
    );
    expect(code).toBe(0);
  });

  it('makes the keys and the application of a region, once', async () => {
    const told = ['--id', 'oost', '--name', 'Verwijsindex Oost', '--municipalities', '0141,0150'];
    expect(await region(['prepare', applicant, ...told])).toMatchObject({ code: 0 });
    const application = JSON.parse(readFileSync(path.join(applicant, 'application.json'), 'utf8')) as object;
    expect(application).toMatchObject({ id: 'oost', municipalities: ['0141', '0150'] });
    const secrets = readFileSync(path.join(applicant, 'region.env'), 'utf8');
    const signingKey = /^SIGNING_KEY='(.+)'$/m.exec(secrets)![1]!;
    expect(JSON.stringify(application)).not.toContain(signingKey);
    expect(await region(['prepare', applicant, ...told])).toMatchObject({
      code: 1,
      said: expect.stringContaining('is there already'),
    });
    await expect(oost(() => undefined)).rejects.toThrow(NOT_LET_IN);
  });

  it('adds a region, and ends when hub and relay are ready for it', async () => {
    const { code, said } = await region(['add', path.join(applicant, 'application.json')]);
    expect(said.split('\n')).toEqual([
      `Version 2 of the register is in ${federation.registerFile}.`,
      'The hub follows it.',
      'The relay follows it.',
      'oost takes part.',
      '',
    ]);
    expect(code).toBe(0);
    expect(await streamsOfOost()).toEqual(['UP_oost', 'DOWN_oost']);
    expect(await stateOfOost()).toBe('admitted');
    const signed = await oost((connection) => connection.request(subjects.register, '', { timeout: 3_000 }));
    expect(openRegister(federation.coordinator.publicKey, signed.json<SignedRegister>()).version).toBe(2);
  });

  it('does not add it twice, and says what is taken', async () => {
    const { code, said } = await region(['add', path.join(applicant, 'application.json')]);
    expect(said).toMatch(/ - id: oost takes part already\n/);
    expect(said).toMatch(/ - municipalities: 0141, 0150 belongs to oost\n/);
    expect(code).toBe(1);
    expect((await region(['list'])).said).toMatch(/^Version 2 /);
  });

  it('changes the municipalities of a region, and names what changes', async () => {
    const { code, said } = await region(['change', 'oost', '--municipalities', '0150,0163']);
    expect(said).toContain('oost has 2 municipalities. New: 0163 Hellendoorn. No longer: 0141 Almelo.\n');
    expect(code).toBe(0);
    expect((await region(['list'])).said).toMatch(/^Version 3 /);
    const refused = await region(['change', 'oost', '--municipalities', '0150,0530,9876']);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.said).toMatch(
      / - municipalities: 0530 Hellevoetsluis ended on 2023-01-01; 1992 Voorne aan Zee/,
    );
    expect(refused.said).toMatch(/ - municipalities: 9876 is not in the table of 2026-01-01/);
    expect((await region(['change', 'oost', '--municipalities', '0141,0150'])).code).toBe(0);
  });

  it('suspends a region, whose connection is closed, and readmits it', async () => {
    await oost(async (connection) => {
      expect(await region(['suspend', 'oost'])).toMatchObject({ code: 0 });
      await connection.closed();
    });
    expect(await stateOfOost()).toBe('suspended');
    await expect(oost(() => undefined)).rejects.toThrow(NOT_LET_IN);
    expect(await streamsOfOost()).toHaveLength(2);
    expect(await region(['suspend', 'oost'])).toEqual({ code: 1, said: 'oost is suspended already\n' });

    expect(await region(['readmit', 'oost'])).toMatchObject({ code: 0 });
    await oost((connection) => connection.flush());
    expect(await stateOfOost()).toBe('admitted');
  });

  it('removes a region with its streams, and others go on', async () => {
    expect(await region(['remove', 'oost'])).toMatchObject({ code: 0 });
    expect(await streamsOfOost()).toEqual([]);
    expect(await stateOfOost()).toBe('removed');
    await expect(oost(() => undefined)).rejects.toThrow(NOT_LET_IN);
    const noord = await federation.region('noord');
    await noord.listen();
    await noord.put(newTag());
    await noord.settled();
    expect((await relay.get('/health/ready')).status).toBe(200);
    // while the hub reloads, its JetStream is away for a moment; the relay tries again
    expect(relay.lines().findLast(({ event }) => event.startsWith('streams-'))).toMatchObject({
      event: 'streams-prepared',
    });
  });

  it('takes a removed region back when it applies again', async () => {
    expect(await region(['readmit', 'oost'])).toEqual({ code: 1, said: 'oost was removed; add it anew\n' });
    expect(await region(['add', path.join(applicant, 'application.json')])).toMatchObject({ code: 0 });
    await oost((connection) => connection.flush());
    expect(await streamsOfOost()).toHaveLength(2);
  });

  it('signs where the key is, and applies where the hub is', async () => {
    writeFileSync(inFolder('signed.json'), readFileSync(federation.registerFile));
    expect(await region(['suspend', 'oost'], 'hub-only.json')).toMatchObject({
      code: 1,
      said: expect.stringContaining('sign where it is'),
    });
    const signing = await region(['suspend', 'oost'], 'coordinator-only.json');
    expect(signing).toMatchObject({ code: 0, said: expect.stringContaining('Bring it to the hub') });
    await oost((connection) => connection.flush());
    const applying = ['apply', inFolder('signed.json')];
    expect(await region(applying, 'hub-only.json')).toMatchObject({ code: 0 });
    await expect(oost(() => undefined)).rejects.toThrow(NOT_LET_IN);
    expect(await region(applying, 'hub-only.json')).toMatchObject({ code: 0 });
  });

  it('applies nothing that is older, or that somebody else has signed', async () => {
    const current = JSON.parse(readFileSync(federation.registerFile, 'utf8')) as SignedRegister;
    const register = openRegister(federation.coordinator.publicKey, current);
    const apply = async (version: number, keys = federation.coordinator) => {
      const signed = signRegister(new Signer(keys), { ...register, version, regions: [] });
      writeFileSync(inFolder('other.json'), JSON.stringify(signed));
      return region(['apply', inFolder('other.json')]);
    };
    const refused = (why: string) => ({ code: 1, said: expect.stringContaining(why) });
    expect(await apply(register.version - 1)).toMatchObject(refused('is older'));
    expect(await apply(register.version)).toMatchObject(refused('is in force'));
    expect(await apply(register.version + 1, generateKeys('ed25519'))).toMatchObject(
      refused('not signed by the coordinator'),
    );
    expect(readFileSync(federation.registerFile, 'utf8')).toBe(JSON.stringify(current));
  });

  it('applies no register that a party cannot read, unless that party is named', async () => {
    const current = JSON.parse(readFileSync(federation.registerFile, 'utf8')) as SignedRegister;
    const register = openRegister(federation.coordinator.publicKey, current);
    const document = JSON.stringify({ ...register, version: register.version + 1, motto: 'x' });
    const signature = new Signer(federation.coordinator).sign('register', Buffer.from(document, 'utf8'));
    writeFileSync(inFolder('newer.json'), JSON.stringify({ document, signature }));
    const apply = (...accepted: string[]) =>
      region(['apply', inFolder('newer.json'), ...accepted.flatMap((party) => ['--accept', party])]);
    // the relay speaks it; of the others nobody has said so
    const { code, said } = await apply();
    expect(said).toContain('  - noord\n  - zuid\n');
    expect(said).not.toContain('  - relay');
    expect(code).toBe(1);
    expect(await apply('noord')).toMatchObject({ code: 1, said: expect.not.stringContaining('  - noord') });
    expect(readFileSync(federation.registerFile, 'utf8')).toBe(JSON.stringify(current));
    const all = register.keyHolders.map(({ id }) => id);
    expect(await apply('noord', 'zuid', ...all)).toMatchObject({ code: 0 });
    expect(await region(['suspend', 'noord'])).toEqual({
      code: 1,
      said: 'the register in force has members that this release does not know: change it with a newer release\n',
    });
    const { version } = register;
    const next = signRegister(new Signer(federation.coordinator), { ...register, version: version + 2 });
    writeFileSync(inFolder('newer.json'), JSON.stringify(next));
    expect(await apply()).toMatchObject({ code: 0 });
  });

  it('says that the hub does not run, and goes on when it does again', async () => {
    await federation.hub.kill();
    expect(await region(['readmit', 'oost'])).toMatchObject({
      code: 1,
      said: expect.stringContaining('the hub does not '),
    });
    await federation.startHub();
    expect(await region(['apply', federation.registerFile])).toMatchObject({ code: 0 });
    await oost((connection) => connection.flush());
  });

  it('writes the first configuration of another hub, which a server runs with, and replaces none', async () => {
    const [storeDir, configFile] = [inFolder('other-store'), inFolder('other.conf')];
    mkdirSync(storeDir);
    writeSettings('other-region.json', { register: 'register.json', hub: 'other.conf' });
    const address = { host: '127.0.0.1', port: -1 };
    const place = {
      ...{ serverName: 'other', storeDir, pidFile: inFolder('other.pid') },
      ...{ tls: tlsFiles(federation.folder, 'hub'), listen: address, monitor: address },
    };
    const configure = async (decided: object) => {
      writeFileSync(inFolder('other-hub.json'), JSON.stringify(decided));
      return region(['configure', inFolder('other-hub.json')], 'other-region.json');
    };
    expect(await configure({ ...place, pidFile: undefined })).toEqual({
      code: 1,
      said: 'what is missing of the hub: pidFile\n',
    });
    expect(await configure(place)).toMatchObject({ code: 0 });
    expect(await configure(place)).toMatchObject({
      code: 1,
      said: expect.stringContaining('is not replaced'),
    });
    const other = await startNats({ bin: process.env.NATS_SERVER_BIN!, configFile });
    try {
      const login = hubLogin(hubSettings(other.url, tlsFiles(federation.folder, 'noord')), 'noord');
      await (await connect({ ...login, reconnect: false })).close();
    } finally {
      await other.stop();
    }
  });
});
