import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { createUser } from '@nats-io/nkeys';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { generateKeys, inboxPrefix, streams, subjects, type RegionRegister } from '#libs/protocol';
import { startNats, type NatsServer } from '../local/nats-server.js';
import { hubConfiguration } from './hub-configuration.js';

const REGIONS = ['noord', 'zuid-oost'] as const;
const HOLDERS = ['holder-1', 'holder-2'] as const;
/** The broker says no and hangs up at once; the client may see the hanging up first. */
const NOT_LET_IN = /Authorization Violation|EPIPE|ECONNRESET/;
const users = Object.fromEntries(
  ['relay', 'geschorst', ...REGIONS, ...HOLDERS].map((party) => [party, createUser()]),
);
const natsUser = (party: string): string => users[party]!.getPublicKey();
const key = generateKeys('ed25519').publicKey;

const register: RegionRegister = {
  v: 1,
  version: 7,
  issuedAt: '2026-01-01T00:00:00Z',
  epoch: 1,
  threshold: 2,
  relay: { signingKey: key, natsUser: natsUser('relay') },
  keyHolders: HOLDERS.map((id, at) => ({
    id,
    index: at + 1,
    name: id,
    signingKey: key,
    sealingKey: key,
    natsUser: natsUser(id),
  })),
  regions: [...REGIONS, 'geschorst' as const].map((id) => ({
    id,
    name: id,
    municipalities: [],
    signingKey: key,
    cardKey: key,
    natsUser: natsUser(id),
    state: id === 'geschorst' ? 'suspended' : 'admitted',
    dailyQuota: 10,
  })),
};
const configurationIn = (folder: string, present = register) =>
  hubConfiguration({
    register: present,
    listen: { host: '127.0.0.1', port: -1 },
    monitor: { host: '127.0.0.1', port: -1 },
    storeDir: path.join(folder, 'js'),
    serverName: 'hub-1',
  });

describe('the configuration of the hub', () => {
  const text = configurationIn('/data');
  const [comment, ...json] = text.split('\n');
  const configuration = JSON.parse(json.join('\n'));

  it('says where it comes from, and writes to disk before it acknowledges', () => {
    expect(comment).toBe('# Generated from version 7 of the region register; changes made here are lost.');
    expect(configuration).toMatchObject({
      server_name: 'hub-1',
      listen: '127.0.0.1:-1',
      http: '127.0.0.1:-1',
      max_payload: 262_144,
      authorization: { timeout: 10 },
      jetstream: { store_dir: '/data/js', domain: 'hub', sync_interval: 'always' },
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
          nkey: natsUser('noord'),
          permissions: {
            publish: {
              allow: [
                'vi.v1.up.noord.>',
                'vi.js.CONSUMER.INFO.DOWN_noord.node',
                'vi.js.CONSUMER.MSG.NEXT.DOWN_noord.node',
                '$JS.ACK.DOWN_noord.node.>',
                'vi.v1.register',
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
        ...asked,
      ],
    });
  });
  it('opens each door of the hub to exactly one region, but the register to all', () => {
    const exports: { service: string; accounts?: string[] }[] = configuration.accounts.HUB.exports;
    expect(exports[0]).toEqual({ service: 'vi.v1.register' });
    expect(exports.filter(({ accounts }) => accounts?.includes('R_noord')).map((e) => e.service)).toEqual([
      'vi.v1.up.noord.>',
      '$JS.API.CONSUMER.INFO.DOWN_noord.node',
      '$JS.API.CONSUMER.MSG.NEXT.DOWN_noord.node',
      '$JS.ACK.DOWN_noord.node.>',
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

  const connectAs = async (party: string): Promise<NatsConnection> => {
    const connection = await connect({
      servers: server.url,
      authenticator: nkeyAuthenticator(users[party]!.getSeed()),
      inboxPrefix: inboxPrefix(party),
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

  it('a suspended region is not let in', async () => {
    await expect(connectAs('geschorst')).rejects.toThrow(NOT_LET_IN);
  });

  it('a region that is added works after the second reload, and one that was suspended is out', async () => {
    const regions = register.regions.map((region) => ({
      ...region,
      state: region.id === 'zuid-oost' ? ('suspended' as const) : ('admitted' as const),
    }));
    writeFileSync(configFile, configurationIn(folder, { ...register, version: 8, regions }));
    server.reload();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    server.reload();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
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
