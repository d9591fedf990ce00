import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { connect, createServer } from 'node:tls';
import { once } from 'node:events';
import { loadConfig as nodeConfig } from '../../apps/regional-node/src/config.js';
import { loadConfig as relayConfig } from '../../apps/national-relay/src/config.js';
import { loadConfig as keyHolderConfig } from '../../apps/key-holder/src/config.js';
import { readConfiguration as personRegisterConfig } from '../../apps/brp-simulator/src/config.js';
import { loadConfig as identityProviderConfig } from '../../apps/idp-simulator/src/config.js';
import { loadAccounts, loadClients } from '../../apps/idp-simulator/src/demo-data.js';
import { CertificateAuthority, HUB_HOSTS, type Identity } from './certificates.js';
import { demoRegions } from './demo.js';
import { environments, PARTS, writeFiles, type Door, type Place } from './environments.js';
import { EVENTS, eventLine } from './events.js';
import { Federation } from './federation.js';
import { currentRegister, issueRegister, providePlan, registerFile } from './plan.js';
import { PROJECT_ROOT } from './project-root.js';
import { RecordingProxy } from './recording-proxy.js';
import { StateFolder } from './state.js';
import { summary } from './summary.js';

const regions = demoRegions();
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'federation-spec-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const planned = async () => {
  const plan = await providePlan(folder, regions);
  let port = 4000;
  const door = (scheme = 'http'): Door => ({
    host: '127.0.0.1',
    port: ++port,
    url: `${scheme}://127.0.0.1:${port}`,
  });
  const place: Place = {
    folder,
    hub: door('tls'),
    hubMonitor: door(),
    hubStore: path.join(folder, 'hub'),
    relay: door(),
    regions: Object.fromEntries(plan.regions.map(({ id }) => [id, door()])),
    keyHolders: Object.fromEntries(plan.keyHolders.map(({ id }) => [id, door()])),
    personRegister: door(),
    identityProvider: door(),
    smtpUrl: 'smtp://127.0.0.1:1025',
    databaseUrl: (party) => `postgres://127.0.0.1/${party}`,
  };
  return { plan, place, settings: environments(plan, regions, place) };
};

describe('the plan of a federation', () => {
  it('gives every program all the settings that it asks for', async () => {
    const { plan, place, settings } = await planned();
    writeFiles(plan, regions, place);
    for (const { id } of regions) expect(nodeConfig(settings[id]).region).toBe(id);
    plan.keyHolders.forEach(({ id }, index) =>
      expect(keyHolderConfig(settings[PARTS.keyHolder(index)]).keyHolder).toBe(id),
    );
    expect(relayConfig(settings[PARTS.relay]).publicUrl).toBe(place.relay.url);
    expect(personRegisterConfig(settings[PARTS.personRegister]).apiKey).toBe(plan.personRegisterApiKey);
    const { accountsFile, clientsFile } = identityProviderConfig(settings[PARTS.identityProvider]);
    expect(loadClients(clientsFile)).toHaveLength(regions.length + 1);
    expect(loadAccounts(accountsFile).map(({ subject }) => subject)).toEqual([
      ...regions.flatMap(({ accounts }) => accounts.map(({ subject }) => subject)),
      'landelijk-coordinator',
    ]);
    expect(Object.keys(settings)).toHaveLength(3 + plan.keyHolders.length + regions.length);
  });

  it('is made once, and stays for the regions that it was made for', async () => {
    const first = await providePlan(folder, regions);
    expect(await providePlan(folder, regions)).toEqual(first);
    await expect(providePlan(folder, regions.slice(1))).rejects.toThrow(/choose another --state folder/);
  });

  it('has the coordinator sign the register, and every next version of it', async () => {
    const { plan } = await planned();
    const register = currentRegister(folder, plan);
    expect(register).toMatchObject({ version: 1, epoch: 1, threshold: 2 });
    expect(register.regions.map(({ id, name, municipalities }) => ({ id, name, municipalities }))).toEqual(
      regions.map(({ id, name, municipalities }) => ({
        id,
        name,
        municipalities: municipalities.map(({ code }) => code),
      })),
    );
    issueRegister(folder, plan, (before) => ({ regions: before.regions.slice(1) }));
    expect(currentRegister(folder, plan)).toMatchObject({ version: 2, regions: register.regions.slice(1) });
    const other = { ...plan, coordinatorKey: plan.relay.signing.publicKey };
    expect(() => currentRegister(folder, other)).toThrow('not signed by the coordinator');
  });

  it('keeps its files from others on the machine', async () => {
    const { plan, place } = await planned();
    writeFiles(plan, regions, place);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(names).toContain(path.join('certificates', 'relay.key'));
    const modes = names.map((name) => statSync(path.join(folder, name)).mode & 0o077);
    expect(modes).toEqual(modes.map(() => 0));
  });

  it('hands the private key of the coordinator to no program, and no secret of one party to another', async () => {
    const { plan, place, settings } = await planned();
    writeFiles(plan, regions, place);
    const privateKeys = ['coordinator.json', 'authority.json'].map((name) => {
      const kept = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { privateKey: string };
      return kept.privateKey;
    });
    const published = ['hub.conf', 'accounts.json', 'clients.json', path.basename(registerFile(folder))].map(
      (name) => readFileSync(path.join(folder, name), 'utf8'),
    );
    /** What a program is told, and what is in the file of its key. */
    const toldTo = (program: string) => {
      const { NATS_KEY_FILE: file, ...values } = settings[program]!;
      return [...Object.values(values), ...(file ? [readFileSync(file, 'utf8')] : [])];
    };
    const everythingTold = [...published, ...Object.keys(settings).flatMap(toldTo)].join();
    for (const privateKey of privateKeys) expect(everythingTold).not.toContain(privateKey);

    const secretsOf = (value: object): string[] =>
      Object.entries(value).flatMap(([name, entry]: [string, object | string]) => {
        if (typeof entry === 'object') return secretsOf(entry);
        return ['id', 'name', 'certificate', 'publicKey'].includes(name) ? [] : [entry];
      });
    const parties = [
      ...plan.regions.map((party) => [party.id, party] as const),
      ...plan.keyHolders.map((party, index) => [PARTS.keyHolder(index), party] as const),
      [PARTS.relay, plan.relay] as const,
    ];
    for (const [name, party] of parties) {
      const secrets = secretsOf(party);
      expect(secrets.length).toBeGreaterThanOrEqual(4);
      for (const secret of secrets) {
        const holders = Object.keys(settings).filter((program) => toldTo(program).includes(secret));
        expect(holders).toEqual([name]);
        expect(published[0]).not.toContain(secret);
      }
    }
  });
});

describe('what is shown', () => {
  it('tells addresses and accounts, and nobody’s name or mail address', () => {
    const text = summary({
      regions: regions.map((region, index) => ({ ...region, url: `http://127.0.0.1:${4000 + index}` })),
      relay: { url: 'http://127.0.0.1:4010' },
      keyHolders: [{ id: 'a', name: 'Sleutelhouder A', part: 'key-holder 1', url: 'http://127.0.0.1:4011' }],
      brp: { url: 'http://127.0.0.1:4012' },
      idp: { url: 'http://127.0.0.1:4013', accounts: [] },
      mails: { url: 'http://127.0.0.1:4014', smtpPort: 4015 },
    });
    for (const { name, accounts } of regions) {
      expect(text).toContain(name);
      for (const { subject, name, email } of accounts) {
        expect(text).toContain(subject);
        expect(text).not.toContain(name);
        expect(text).not.toContain(email);
      }
    }
    expect(text).toMatch(/mn-procesmanager +process manager/);
  });

  it('is one line per event, made of known words, numbers and names of regions', () => {
    const entry = {
      time: '2026-11-24T12:03:04.000Z',
      event: 'card-routed',
      from: 'rijnmond',
      to: 'jeugdmatch',
    };
    expect(eventLine('National relay', entry)).toMatch(
      /^\d\d:\d\d:04 {2}National relay {18}sealed contact card passed on from rijnmond to jeugdmatch$/,
    );
    expect(eventLine('x', { event: 'tag-put', region: 'rijnmond', count: 1 })).toContain('1 tag received');
    expect(eventLine('x', { event: 'request', method: 'GET' })).toBeUndefined();
    expect(eventLine('x', { event: 'toString' })).toBeUndefined();
    expect(eventLine('x', { message: 'signal-filed' })).toBeUndefined();
  });

  it('shows no text of a field, whatever that holds', () => {
    const personal = '999900006 Jan Voorbeeld';
    const fields = ['region', 'from', 'to', 'count', 'signals', 'reason', 'step', 'epoch', 'version'];
    const smuggled = Object.fromEntries(
      [...fields, 'kind', 'party', 'time', 'answered', 'needed'].map((name) => [name, personal]),
    );
    for (const event of Object.keys(EVENTS)) {
      const line = eventLine('x', { ...smuggled, event })!;
      expect(line).not.toMatch(/9999|Jan/);
    }
  });

  it('knows only events that some program logs', () => {
    const sources = ['apps', 'libs'].flatMap((root) =>
      readdirSync(path.join(PROJECT_ROOT, root), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
        .map((name) => readFileSync(path.join(PROJECT_ROOT, root, name), 'utf8')),
    );
    const text = sources.join('\n').replaceAll('${what}-', 'card-');
    const logged = (event: string) => new RegExp(`['\`]${event}['\`]`).test(text);
    expect(Object.keys(EVENTS).filter((event) => !logged(event))).toEqual([]);
  });
});

describe('a federation', () => {
  it('refuses a state folder in which another is at work', async () => {
    const first = await StateFolder.open(folder);
    await expect(Federation.start({ state: folder })).rejects.toThrow(/another launcher is at work/);
    await first.close();
  });

  it('refuses a port base that cannot be, and leaves the folder free', async () => {
    await expect(Federation.start({ state: folder, portBase: 80 })).rejects.toThrow(/--port-base/);
    await (await StateFolder.open(folder)).close();
  });
});

describe('the recording proxy', () => {
  it('passes on all bytes in both directions as the party that sent them, and shows them in the clear', async () => {
    const authority = await CertificateAuthority.create();
    const issue = (name: string, hosts?: string[]) => authority.issue({ subject: `CN=${name}`, hosts });
    const [hubIdentity, party, stranger] = [
      await issue('hub', HUB_HOSTS),
      await issue('noord'),
      await issue('x'),
    ];
    const ca = authority.certificatePem;
    const hub = createServer(
      { cert: hubIdentity.certificate, key: hubIdentity.privateKey, ca, requestCert: true },
      (socket) =>
        socket.on('data', (bytes) =>
          socket.end(`${socket.getPeerX509Certificate()!.subject} says ${String(bytes)}`),
        ),
    );
    hub.listen(0, '127.0.0.1');
    await once(hub, 'listening');
    const { port } = hub.address() as AddressInfo;
    const seen: string[] = [];
    const proxy = await RecordingProxy.start(
      { host: '127.0.0.1', port },
      { authority: ca, hub: hubIdentity, parties: [party] },
      (bytes, direction, connection) => seen.push(`${connection} ${direction} ${String(bytes)}`),
    );
    const join = ({ certificate: cert, privateKey: key }: Identity) =>
      connect({ host: '127.0.0.1', port: Number(new URL(proxy.url).port), ca, cert, key });
    const program = join(party);
    program.write('PING');
    const [answer] = (await once(program, 'data')) as [Buffer];
    await once(program, 'close');
    expect(String(answer)).toBe('CN=noord says PING');
    expect(seen).toEqual(['1 to-hub PING', '1 from-hub CN=noord says PING']);
    const unknown = join(stranger);
    unknown.on('error', () => undefined);
    await once(unknown, 'close');
    expect(seen).toHaveLength(2);
    await proxy.stop();
    hub.close();
  });
});
