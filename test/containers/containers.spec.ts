import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AckPolicy, jetstream, jetstreamManager, RetentionPolicy } from '@nats-io/jetstream';
import { connect, type NatsConnection, type TlsOptions } from '@nats-io/transport-node';
import { PostgreSqlContainer, type StartedPostgreSqlContainer } from '@testcontainers/postgresql';
import { Client } from 'pg';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { type DataSourceOptions } from 'typeorm';
import { migrate } from '#libs/database';
import { hubLogin } from '#libs/messaging';
import { streams, subjects } from '#libs/protocol';
import { relayDatabase } from '../../apps/national-relay/src/app.module.js';
import { nodeDatabase } from '../../apps/regional-node/src/app.module.js';
import { containerPlace } from '../../deploy/images/places.js';
import { hubSettings } from '../../deploy/local/certificates.js';
import { demoRegions } from '../../deploy/local/demo.js';
import { hubConfigurationFile, partyFiles, writeFiles } from '../../deploy/local/environments.js';
import { providePlan, type FederationPlan } from '../../deploy/local/plan.js';
import { whyNoContainers } from './engine.js';

const POSTGRES = 'postgres:17';
const NATS = 'nats:2.15';
const START_MS = 180_000;

const reason = await whyNoContainers([POSTGRES, NATS]);
if (reason) process.stderr.write(`containers.spec.ts skipped: ${reason}\n`);
const inContainers = reason ? describe.skip : describe;

inContainers('the database image of the compose file', () => {
  let container: StartedPostgreSqlContainer;
  beforeAll(async () => (container = await new PostgreSqlContainer(POSTGRES).start()), START_MS);
  afterAll(() => container?.stop());

  it.each([
    ['a regional node', 'node', nodeDatabase, 'signal'],
    ['the relay', 'relay', relayDatabase, 'tag'],
  ])('takes the migrations of %s, also a second time', async (_, database, options, table) => {
    const admin = new Client({ connectionString: container.getConnectionUri() });
    await admin.connect();
    await admin.query(`create database ${database}`);
    await admin.end();
    const url = new URL(container.getConnectionUri());
    url.pathname = `/${database}`;
    const settings: DataSourceOptions = options(url.href);
    await migrate(settings);
    await migrate(settings);
    const client = new Client({ connectionString: url.href });
    await client.connect();
    const { rows } = await client.query('select to_regclass($1) is not null as made', [table]);
    await client.end();
    expect(rows).toEqual([{ made: true }]);
  });
});

inContainers('the hub image of the compose file, with the generated configuration', () => {
  let folder: string;
  let plan: FederationPlan;
  let container: StartedTestContainer;
  const connections: NatsConnection[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'containers-spec-'));
    plan = await providePlan(folder, demoRegions());
    writeFiles(plan, demoRegions(), containerPlace(plan, folder, 'unused'));
    const certificates = path.join(folder, 'certificates');
    container = await new GenericContainer(NATS)
      .withCopyContentToContainer([
        { content: readFileSync(hubConfigurationFile(folder), 'utf8'), target: '/etc/hub.conf' },
      ])
      .withCopyDirectoriesToContainer([{ source: certificates, target: certificates }])
      .withCommand(['--config', '/etc/hub.conf'])
      .withExposedPorts(4222, 8222)
      .withWaitStrategy(Wait.forLogMessage('Server is ready'))
      .start();
  }, START_MS);
  afterAll(async () => {
    await Promise.all(connections.map((connection) => connection.close()));
    await container?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const join = async (party: string): Promise<NatsConnection> => {
    const url = `tls://${container.getHost()}:${container.getMappedPort(4222)}`;
    const login = hubLogin(hubSettings(url, partyFiles(folder, party)), party);
    // the certificate is for the name that the hub has among containers
    const tls: TlsOptions = { ...login.tls, ...{ servername: 'hub' } };
    const connection = await connect({ ...login, tls, reconnect: false });
    connections.push(connection);
    return connection;
  };

  it('acknowledges only what is on disk', async () => {
    const monitor = `http://${container.getHost()}:${container.getMappedPort(8222)}/varz`;
    const { jetstream: js } = (await (await fetch(monitor)).json()) as {
      jetstream: { config: { sync_always: boolean } };
    };
    expect(js.config.sync_always).toBe(true);
  });

  it('carries a message from a region to the relay, and one back', async () => {
    const { id } = plan.regions[0]!;
    const relay = await join('relay');
    const manager = await jetstreamManager(relay);
    const stream = (name: string, subject: string) =>
      manager.streams.add({
        name,
        subjects: [subject],
        retention: RetentionPolicy.Workqueue,
        max_bytes: streams.maxBytes,
      });
    await stream(streams.up(id), subjects.upAll(id));
    await stream(streams.down(id), subjects.downAll(id));
    const durable = (name: string, consumer: string) =>
      manager.consumers.add(name, { durable_name: consumer, ack_policy: AckPolicy.Explicit });
    await durable(streams.up(id), streams.relayConsumer);
    await durable(streams.down(id), streams.nodeConsumer);

    const region = await join(id);
    const regionStreams = jetstream(region, { apiPrefix: streams.regionApiPrefix });
    await regionStreams.publish(subjects.up(id, 'test'), 'to the relay');
    const received = await (
      await jetstream(relay).consumers.get(streams.up(id), streams.relayConsumer)
    ).next({ expires: 5_000 });
    expect(received?.string()).toBe('to the relay');
    expect(await received?.ackAck()).toBe(true);

    await jetstream(relay).publish(subjects.down(id, 'test'), 'to the region');
    const answered = await (
      await regionStreams.consumers.get(streams.down(id), streams.nodeConsumer)
    ).next({ expires: 5_000 });
    expect(answered?.string()).toBe('to the region');
    expect(await answered?.ackAck()).toBe(true);
  });

  it('lets no region publish as another', async () => {
    const [first, second] = plan.regions;
    const region = await join(first!.id);
    const foreign = jetstream(region, { apiPrefix: streams.regionApiPrefix }).publish(
      subjects.up(second!.id, 'test'),
      'forged',
      { timeout: 2_000 },
    );
    await expect(foreign).rejects.toThrow();
  });
});
