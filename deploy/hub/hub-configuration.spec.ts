import { mkdtempSync, rmSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { HubConnection, hubLogin } from '#libs/messaging';
import { ProgramLogger } from '#libs/observability';
import { generateKeys, streams, subjects, type RegionRegister } from '#libs/protocol';
import {
  CertificateAuthority,
  demoSubject,
  HUB_HOSTS,
  hubSettings,
  tlsFiles,
  writeIdentity,
  type CertificateRequest,
  type TlsFiles,
} from '../local/certificates.js';
import { startNats, type NatsServer } from '../local/nats-server.js';
import { hubConfiguration, storeQuota, withRegister } from './hub-configuration.js';

const STORE = 1024 ** 3;
const REGIONS = ['noord', 'zuid-oost'] as const;
const HOLDERS = ['holder-1', 'holder-2'] as const;
/** The broker says no and hangs up at once; the client may see the hanging up first. */
const NOT_LET_IN = /Authorization Violation|EPIPE|ECONNRESET/;
/** The same while the two sides agree on TLS. */
const NO_TLS = /alert|EPIPE|ECONNRESET|socket hang up/;
const key = generateKeys('ed25519').publicKey;

const register: RegionRegister = {
  v: 1,
  version: 7,
  issuedAt: '2026-01-01T00:00:00Z',
  epoch: 1,
  threshold: 2,
  relay: { signingKey: key, certificateSubject: demoSubject('relay') },
  keyHolders: HOLDERS.map((id, at) => ({
    id,
    index: at + 1,
    name: id,
    signingKey: key,
    sealingKey: key,
    certificateSubject: demoSubject(id),
  })),
  regions: [...REGIONS, 'geschorst' as const].map((id) => ({
    id,
    name: id,
    municipalities: [],
    signingKey: key,
    cardKey: key,
    certificateSubject: demoSubject(id),
    state: id === 'geschorst' ? 'suspended' : 'admitted',
    dailyQuota: 10,
  })),
};
const configurationIn = (folder: string, present = register) =>
  hubConfiguration({
    register: present,
    listen: { host: '127.0.0.1', port: -1 },
    monitor: { host: '127.0.0.1', port: -1 },
    tls: tlsFiles(folder, 'hub'),
    storeDir: path.join(folder, 'js'),
    serverName: 'hub-1',
    maxFileStore: STORE,
  });

describe('the configuration of the hub', () => {
  const text = configurationIn('/data');
  const [comment, ...json] = text.split('\n');
  const configuration = JSON.parse(json.join('\n'));

  it('says where it comes from, and writes to disk before it acknowledges', () => {
    expect(comment).toBe(
      '# Generated from version 7 of the region register; changes of accounts made here are lost.',
    );
    expect(configuration).toMatchObject({
      server_name: 'hub-1',
      listen: '127.0.0.1:-1',
      http: '127.0.0.1:-1',
      max_payload: 262_144,
      authorization: { timeout: 10 },
      tls: {
        cert_file: '/data/hub.pem',
        key_file: '/data/hub.key',
        ca_file: '/data/ca.pem',
        verify_and_map: true,
        handshake_first: true,
        min_version: '1.3',
      },
      jetstream: { store_dir: '/data/js', domain: 'hub', sync_interval: 'always', max_file_store: STORE },
      system_account: 'SYS',
    });
  });
  it('has an account for the relay, each admitted region and each key holder, and for nobody else', () => {
    expect(Object.keys(configuration.accounts)).toEqual([
      'SYS',
      'HUB',
      'R_noord',
      'R_zuid-oost',
      'H_holder-1',
      'H_holder-2',
    ]);
    expect(text).not.toContain('geschorst');
  });
  it('gives a region its own subjects and consumer, and the key holders', () => {
    const asked = [
      { service: { account: 'H_holder-1', subject: 'vi.v1.oprf.holder-1.noord.evaluate' } },
      { service: { account: 'H_holder-1', subject: 'vi.v1.oprf.holder-1.manifest' } },
      { service: { account: 'H_holder-2', subject: 'vi.v1.oprf.holder-2.noord.evaluate' } },
      { service: { account: 'H_holder-2', subject: 'vi.v1.oprf.holder-2.manifest' } },
    ];
    expect(configuration.accounts.R_noord).toEqual({
      users: [
        {
          user: demoSubject('noord'),
          permissions: {
            publish: {
              allow: [
                'vi.v1.up.noord.>',
                'vi.js.CONSUMER.INFO.DOWN_noord.node',
                'vi.js.CONSUMER.MSG.NEXT.DOWN_noord.node',
                '$JS.ACK.DOWN_noord.node.>',
                'vi.v1.register',
                'vi.v1.forms.noord',
                ...asked.map(({ service }) => service.subject),
              ],
            },
            subscribe: { allow: ['_INBOX.noord.>'] },
          },
        },
      ],
      imports: [
        { service: { account: 'HUB', subject: 'vi.v1.up.noord.>' } },
        {
          service: { account: 'HUB', subject: '$JS.API.CONSUMER.INFO.DOWN_noord.node' },
          to: 'vi.js.CONSUMER.INFO.DOWN_noord.node',
        },
        {
          service: { account: 'HUB', subject: '$JS.API.CONSUMER.MSG.NEXT.DOWN_noord.node' },
          to: 'vi.js.CONSUMER.MSG.NEXT.DOWN_noord.node',
        },
        { service: { account: 'HUB', subject: '$JS.ACK.DOWN_noord.node.>' } },
        { service: { account: 'HUB', subject: 'vi.v1.register' } },
        { service: { account: 'HUB', subject: 'vi.v1.forms.noord' } },
        ...asked,
      ],
    });
  });
  it('follows another register without a change of anything else', () => {
    const regions = register.regions.map((region) => ({ ...region, state: 'admitted' as const }));
    const next = { ...register, version: 8, regions };
    expect(withRegister(text, next)).toBe(configurationIn('/data', next));
    expect(withRegister(withRegister(text, next), register)).toBe(text);
  });
  it('asks for no more room than the disk has', () => {
    const store = mkdtempSync(path.join(os.tmpdir(), 'store-spec-'));
    const { bavail, bsize } = statfsSync(store);
    expect(storeQuota(store, Number.MAX_SAFE_INTEGER)).toBeLessThan(bavail * bsize);
    expect(storeQuota(store, 1000)).toBe(1000);
    rmSync(store, { recursive: true });
    expect(storeQuota('/nowhere/on/this/machine', 10 ** 15)).toBe(10 ** 15);
  });
  it('opens each door of the hub to exactly one party, but the register to all', () => {
    const exports: { service: string; accounts?: string[] }[] = configuration.accounts.HUB.exports;
    expect(exports[0]).toEqual({ service: 'vi.v1.register' });
    expect(exports.filter(({ accounts }) => accounts?.includes('R_noord')).map((e) => e.service)).toEqual([
      'vi.v1.up.noord.>',
      '$JS.API.CONSUMER.INFO.DOWN_noord.node',
      '$JS.API.CONSUMER.MSG.NEXT.DOWN_noord.node',
      '$JS.ACK.DOWN_noord.node.>',
      'vi.v1.forms.noord',
    ]);
    expect(exports.slice(1).every(({ accounts }) => accounts?.length === 1)).toBe(true);
  });
});

describe('on a broker with the generated configuration', () => {
  let folder: string;
  let configFile: string;
  let server: NatsServer;
  const open: NatsConnection[] = [];
  const refusals = new Map<NatsConnection, string[]>();
  let relay: NatsConnection;
  let noord: NatsConnection;
  let zuid: NatsConnection;

  let authority: CertificateAuthority;

  /** Certifies a name, and gives what somebody joins with. */
  const certified = async (name: string, request: Partial<CertificateRequest> = {}, by = authority) => {
    const identity = await by.issue({ subject: demoSubject(name), ...request });
    return writeIdentity(folder, name, identity, authority.certificatePem);
  };
  const connectAs = async (party: string, files = tlsFiles(folder, party)): Promise<NatsConnection> => {
    const connection = await connect({
      ...hubLogin(hubSettings(server.url, files), party),
      reconnect: false,
    });
    open.push(connection);
    const seen: string[] = [];
    refusals.set(connection, seen);
    void (async () => {
      for await (const status of connection.status())
        if (status.type === 'error') seen.push(String(status.error));
    })();
    return connection;
  };
  /** What the server refused on this connection while `attempt` ran. */
  const refusedDuring = async (connection: NatsConnection, attempt: () => unknown): Promise<string[]> => {
    const seen = refusals.get(connection)!;
    const before = seen.length;
    await attempt();
    await connection.flush();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return seen.slice(before);
  };
  const countOf = async (stream: string): Promise<number> =>
    (await (await jetstreamManager(relay)).streams.info(stream)).state.messages;
  const countsOfZuid = () => Promise.all([countOf('UP_zuid-oost'), countOf('DOWN_zuid-oost')]);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'hub-configuration-spec-'));
    configFile = path.join(folder, 'hub.conf');
    authority = await CertificateAuthority.create();
    await certified('hub', { hosts: HUB_HOSTS });
    for (const party of ['relay', 'geschorst', ...REGIONS, ...HOLDERS]) await certified(party);
    writeFileSync(configFile, configurationIn(folder));
    server = await startNats({ bin: process.env.NATS_SERVER_BIN!, configFile });
    relay = await connectAs('relay');
    const manager = await jetstreamManager(relay);
    for (const region of REGIONS) {
      await manager.streams.add({ name: streams.up(region), subjects: [subjects.upAll(region)] });
      await manager.streams.add({ name: streams.down(region), subjects: [subjects.downAll(region)] });
      await manager.consumers.add(streams.down(region), {
        durable_name: streams.nodeConsumer,
        ack_policy: 'explicit',
      });
    }
    noord = await connectAs('noord');
    zuid = await connectAs('zuid-oost');
  });
  afterAll(async () => {
    await Promise.all(open.map((connection) => connection.close()));
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a region sends on its own stream, and receives and acknowledges from its own consumer', async () => {
    const js = jetstream(noord, { apiPrefix: streams.regionApiPrefix });
    expect((await js.publish(subjects.up('noord', 'tag.put'), 'x')).stream).toBe('UP_noord');
    await jetstream(relay).publish(subjects.down('noord', 'match.found'), 'voor noord');
    const consumer = await js.consumers.get(streams.down('noord'), streams.nodeConsumer);
    const message = await consumer.next({ expires: 2_000 });
    expect(message?.string()).toBe('voor noord');
    expect(await message?.ackAck()).toBe(true);
  });

  it('everybody gets the register from the relay', async () => {
    const subscription = relay.subscribe(subjects.register, {
      callback: (_error, message) => void message.respond('het register'),
    });
    await relay.flush();
    const holder = await connectAs('holder-1');
    for (const party of [noord, zuid, holder])
      expect((await party.request(subjects.register, '', { timeout: 2_000 })).string()).toBe('het register');
    subscription.unsubscribe();
  });

  it('a key holder answers a region, and knows by the subject which one asks', async () => {
    const holder = await connectAs('holder-1');
    holder.subscribe(subjects.evaluateAll('holder-1'), {
      callback: (_error, message) => void message.respond(`voor ${message.subject}`),
    });
    holder.subscribe(subjects.manifest('holder-1'), {
      callback: (_error, message) => void message.respond('manifest'),
    });
    await holder.flush();
    const ask = (party: NatsConnection, subject: string) => party.request(subject, '', { timeout: 2_000 });
    expect((await ask(noord, subjects.evaluate('holder-1', 'noord'))).string()).toBe(
      'voor vi.v1.oprf.holder-1.noord.evaluate',
    );
    expect((await ask(noord, subjects.manifest('holder-1'))).string()).toBe('manifest');
    expect((await ask(relay, subjects.manifest('holder-1'))).string()).toBe('manifest');
    holder.subscribe(subjects.usage('holder-1'), {
      callback: (_error, message) => void message.respond('usage'),
    });
    await holder.flush();
    expect((await ask(relay, subjects.usage('holder-1'))).string()).toBe('usage');
    await expect(ask(noord, subjects.usage('holder-1'))).rejects.toThrow(/Permissions Violation/);
    await expect(ask(zuid, subjects.evaluate('holder-1', 'noord'))).rejects.toThrow(/Permissions Violation/);
  });

  it('key holders hold their ceremony among themselves', async () => {
    const one = await connectAs('holder-1');
    const two = await connectAs('holder-2');
    two.subscribe(subjects.ceremonyAll('holder-2'), {
      callback: (_error, message) => void message.respond(message.subject),
    });
    await two.flush();
    const reply = await one.request(subjects.ceremony('holder-2', 'holder-1'), '', { timeout: 2_000 });
    expect(reply.string()).toBe('vi.v1.ceremony.holder-2.holder-1');
    for (const subject of [subjects.ceremony('holder-2', 'holder-3'), subjects.up('noord', 'tag.put')])
      expect(await refusedDuring(one, () => one.publish(subject))).toHaveLength(1);
    await expect(
      noord.request(subjects.ceremony('holder-2', 'noord'), '', { timeout: 2_000 }),
    ).rejects.toThrow(/Permissions Violation/);
  });

  it.each([
    subjects.forms('zuid-oost'),
    subjects.forms('holder-1'),
    subjects.up('zuid-oost', 'tag.put'),
    subjects.down('zuid-oost', 'match.found'),
    subjects.down('noord', 'match.found'),
    'vi.js.CONSUMER.MSG.NEXT.DOWN_zuid-oost.node',
    'vi.js.CONSUMER.INFO.DOWN_zuid-oost.node',
    'vi.js.STREAM.PURGE.UP_noord',
    '$JS.API.STREAM.DELETE.UP_zuid-oost',
    '$JS.ACK.DOWN_zuid-oost.node.1.1.1.1.1',
    '_INBOX.zuid-oost.x',
    '$SYS.REQ.SERVER.PING',
  ])('a region cannot publish on %s', async (subject) => {
    const before = await countsOfZuid();
    const refused = await refusedDuring(noord, () => noord.publish(subject, 'kwaad'));
    expect(refused.join()).toMatch(/Permissions Violation/);
    expect(await countsOfZuid()).toEqual(before);
  });

  it.each([
    '>',
    '_INBOX.>',
    '_INBOX.zuid-oost.>',
    subjects.upAll('noord'),
    subjects.downAll('noord'),
    subjects.downAll('zuid-oost'),
    subjects.evaluateAll('holder-1'),
    subjects.register,
    subjects.formsAll,
    '$JS.>',
    '$SYS.>',
  ])('a region cannot listen on %s', async (subject) => {
    const refused = await refusedDuring(noord, () => noord.subscribe(subject, { callback: () => undefined }));
    expect(refused.join()).toMatch(/Permissions Violation/);
  });

  it.each([
    subjects.up('zuid-oost', 'tag.put'),
    subjects.down('zuid-oost', 'match.found'),
    '_INBOX.zuid-oost.x',
  ])('a region cannot have the broker plant its answer on %s', async (reply) => {
    let planted = 0;
    zuid.subscribe('_INBOX.zuid-oost.>', { callback: () => void planted++ });
    await zuid.flush();
    const [before, own] = [await countsOfZuid(), await countOf('UP_noord')];
    noord.publish(subjects.up('noord', 'tag.put'), 'x', { reply });
    await noord.flush();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await countOf('UP_noord')).toBe(own + 1);
    expect(await countsOfZuid()).toEqual(before);
    expect(planted).toBe(0);
  });

  describe('who somebody is', () => {
    /** As whom the hub knows the connection that was made under this name. */
    const knownAs = async (name: string) => {
      const response = await fetch(`${server.monitorUrl}/connz?auth=true`);
      const { connections } = (await response.json()) as { connections: Record<string, string>[] };
      const known = connections.filter((each) => each.name === name);
      return known.map(({ authorized_user: user, account }) => ({ user, account }));
    };

    it.each([
      ['relay', 'HUB'],
      ['noord', 'R_noord'],
      ['zuid-oost', 'R_zuid-oost'],
      ['holder-1', 'H_holder-1'],
    ])('the certificate of %s gives the account %s', async (party, account) => {
      const connection = await connectAs(party);
      for (const known of await knownAs(party)) expect(known).toEqual({ user: demoSubject(party), account });
      expect(await knownAs(party)).not.toEqual([]);
      await connection.close();
    });
    it('a region cannot say that it is another, neither by name nor as a user', async () => {
      const other = demoSubject('zuid-oost');
      const files = await certified('noord', { subject: demoSubject('noord') });
      const connection = await connect({
        ...hubLogin(hubSettings(server.url, files), 'zuid-oost'),
        ...{ name: 'somebody-else', user: other, pass: '', reconnect: false },
      });
      open.push(connection);
      expect(await knownAs('somebody-else')).toEqual([{ user: demoSubject('noord'), account: 'R_noord' }]);
      connection.publish(subjects.up('zuid-oost', 'tag.put'), 'kwaad');
      const before = await countsOfZuid();
      await connection.flush();
      expect(await countsOfZuid()).toEqual(before);
    });
    it('the order of the parts of a subject does not matter, for authorities differ', async () => {
      const subject = demoSubject('noord').split(',').reverse().join(',');
      const connection = await connectAs('noord', await certified('reversed', { subject }));
      expect(await knownAs('noord')).toContainEqual({ user: demoSubject('noord'), account: 'R_noord' });
      await connection.close();
    });

    it('attributes that the hub does not know are passed over, if the others come in the order that it knows', async () => {
      const unknown = '2.5.4.97=NTRNL-99999999';
      const [cn, o, c] = demoSubject('noord').split(',');
      const connection = await connectAs(
        'noord',
        await certified('more', { subject: [cn, unknown, o, c].join(',') }),
      );
      expect(await knownAs('noord')).toContainEqual({ user: demoSubject('noord'), account: 'R_noord' });
      await connection.close();
    });

    it.each<[string, string, () => Promise<TlsFiles>]>([
      ['whose subject the register does not name', 'refused', () => certified('west')],
      [
        'of the same name in another organisation',
        'refused',
        () => certified('noord-elders', { subject: 'CN=noord,O=Elders,C=NL' }),
      ],
      [
        'with fewer parts than the register names',
        'refused',
        () => certified('kort', { subject: 'CN=noord' }),
      ],
      [
        'that another authority gave for the right name',
        'no TLS',
        async () => certified('vals', { subject: demoSubject('noord') }, await CertificateAuthority.create()),
      ],
      [
        'that has expired',
        'no TLS',
        () =>
          certified('oud', {
            subject: demoSubject('noord'),
            notBefore: new Date('2024-01-01'),
            notAfter: new Date('2025-01-01'),
          }),
      ],
      [
        'that is for servers',
        'no TLS',
        () => certified('server', { subject: demoSubject('noord'), hosts: ['noord.example'] }),
      ],
    ])('a certificate %s opens no door (%s)', async (_what, how, files) => {
      await expect(connectAs('noord', await files())).rejects.toThrow(how === 'no TLS' ? NO_TLS : NOT_LET_IN);
    });
    it('without a certificate nobody gets in', async () => {
      const { servers } = hubLogin(hubSettings(server.url, tlsFiles(folder, 'noord')), 'noord');
      const tls = { handshakeFirst: true, caFile: tlsFiles(folder, 'noord').caFile };
      await expect(connect({ servers, tls, reconnect: false })).rejects.toThrow(NO_TLS);
    });
    it('TLS before 1.3 is not spoken', async () => {
      const { port } = new URL(server.url);
      const { caFile, certFile, keyFile } = tlsFiles(folder, 'noord');
      const [ca, cert, key] = [caFile, certFile, keyFile].map((file) => readFileSync(file));
      const attempt = new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port: Number(port), ca, cert, key };
        const socket = tls.connect({ ...options, maxVersion: 'TLSv1.2' }, () => resolve(socket.destroy()));
        socket.once('error', reject);
      });
      await expect(attempt).rejects.toThrow(/alert protocol version|ECONNRESET/);
    });
    it('nothing is said in the clear, not even a greeting', async () => {
      const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
      const heard: Buffer[] = [];
      socket.on('data', (bytes) => heard.push(bytes));
      socket.on('error', () => undefined);
      socket.write(`CONNECT {"verbose":true,"user":"${demoSubject('noord')}"}\r\nPING\r\n`);
      await once(socket, 'close');
      // at most an alert of TLS: content type 21
      expect(Buffer.concat(heard).toString()).not.toMatch(/INFO|PONG|OK/);
      expect([undefined, 21]).toContain(Buffer.concat(heard)[0]);
    });
    it('a renewed certificate is read when the connection is made again', async () => {
      const connection = new HubConnection(
        hubSettings(server.url, await certified('renewed', { subject: demoSubject('noord') })),
        { party: 'renewed' },
        new ProgramLogger('spec', 'silent'),
      );
      await connection.get();
      await certified('renewed', { subject: demoSubject('zuid-oost') });
      const again = new Promise<void>((resolve) => connection.onUp(resolve));
      await (await connection.get()).reconnect();
      await again;
      expect(await knownAs('renewed')).toEqual([{ user: demoSubject('zuid-oost'), account: 'R_zuid-oost' }]);
      await connection.onApplicationShutdown();
    });
  });

  it('a suspended region is not let in', async () => {
    await expect(connectAs('geschorst')).rejects.toThrow(NOT_LET_IN);
  });

  it('a region that is added works after the second reload, and one that was suspended is out', async () => {
    const regions = register.regions.map((region) => ({
      ...region,
      state: region.id === 'zuid-oost' ? ('suspended' as const) : ('admitted' as const),
    }));
    writeFileSync(configFile, configurationIn(folder, { ...register, version: 8, regions }));
    await server.reload();
    await expect(connectAs('zuid-oost')).rejects.toThrow(NOT_LET_IN);
    const added = await connectAs('geschorst');
    const manager = await jetstreamManager(relay);
    await manager.streams.add({ name: streams.up('geschorst'), subjects: [subjects.upAll('geschorst')] });
    const js = jetstream(added, { apiPrefix: streams.regionApiPrefix });
    expect((await js.publish(subjects.up('geschorst', 'tag.put'), 'x')).stream).toBe('UP_geschorst');
    expect(noord.isClosed()).toBe(false);
    expect((await jetstream(noord).publish(subjects.up('noord', 'tag.put'), 'x')).stream).toBe('UP_noord');
  });
});
