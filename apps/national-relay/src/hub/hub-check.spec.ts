import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { startNats, type NatsServer } from '../../../../deploy/local/nats-server.js';
import { TestFederation } from '../../test/test-federation.js';
import { TestRelay } from '../../test/test-relay.js';
import { until } from '../../test/until.js';

const safe = {
  tls_required: true,
  tls_verify: true,
  jetstream: { config: { sync_always: true, max_storage: 1024 ** 3 } },
};

describe('the relay', () => {
  let federation: TestFederation;
  let monitor: Server;
  let monitorUrl: string;
  let report: object | undefined;
  let asked = 0;
  beforeAll(async () => {
    federation = await TestFederation.start('noord');
    monitor = createServer((_request, response) => {
      response.statusCode = report ? 200 : 503;
      response.end(JSON.stringify(report ?? {}));
      asked++;
    });
    await new Promise<void>((resolve) => monitor.listen(0, '127.0.0.1', resolve));
    monitorUrl = `http://127.0.0.1:${(monitor.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    monitor.close();
    await federation.stop();
  });

  it('refuses to start on an old server', async () => {
    report = { ...safe, version: '2.10.27' };
    await expect(TestRelay.start(federation, { NATS_MONITOR_URL: monitorUrl })).rejects.toThrow(
      `The hub at ${monitorUrl} is not safe: it is nats-server 2.10.27; install 2.15.1 or later.`,
    );
  });

  it.each<[string, (configuration: HubText) => void, RegExp]>([
    [
      'takes connections in the clear',
      (configuration) => delete configuration.tls,
      /not safe: it takes connections in the clear/,
    ],
    [
      'lets in clients without a certificate',
      ({ tls }) => {
        delete tls!.verify_and_map;
        tls!.verify = false;
      },
      /not safe: it lets in clients without a certificate; set "verify_and_map: true"/,
    ],
    [
      'acknowledges before it has written',
      ({ jetstream }) => delete jetstream.sync_interval,
      /not safe: it acknowledges messages before they are on disk; set "sync_interval: always"/,
    ],
    [
      'may fill its disk',
      ({ jetstream }) => (jetstream.max_file_store = 2 ** 60),
      /not safe: its streams may take more than the disk has, .*set "max_file_store"/,
    ],
  ])('refuses to start on a real server that %s', async (_what, change, message) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'unsafe-hub-'));
    const configFile = path.join(folder, 'hub.conf');
    const [comment, ...json] = federation.hubConfiguration().split('\n');
    const configuration = JSON.parse(json.join('\n')) as HubText;
    change(configuration);
    const places = { listen: '127.0.0.1:-1', http: '127.0.0.1:-1' };
    const jetstream = { ...configuration.jetstream, store_dir: path.join(folder, 'js') };
    writeFileSync(configFile, `${comment}\n${JSON.stringify({ ...configuration, ...places, jetstream })}`);
    let server: NatsServer | undefined;
    try {
      server = await startNats({ bin: process.env.NATS_SERVER_BIN!, configFile });
      await expect(TestRelay.start(federation, { NATS_MONITOR_URL: server.monitorUrl! })).rejects.toThrow(
        message,
      );
    } finally {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('waits for a hub that is not there yet, and raises an alarm when a later look finds another one', async () => {
    report = undefined;
    const starting = TestRelay.start(federation, { NATS_MONITOR_URL: monitorUrl });
    const before = asked;
    await until(() => asked > before);
    report = { ...safe, version: '2.15.1' };
    const relay = await starting;
    try {
      expect(relay.lines('hub-awaited')).toHaveLength(1);
      expect((await relay.get('/health/ready')).status).toBe(200);
      report = { ...safe, version: '2.15.1', jetstream: { config: { sync_always: false } } };
      await relay.checkHub();
      expect((await relay.get('/health/ready')).status).toBe(503);
      const alarms = async () => JSON.stringify((await relay.get('/api/v1/alarms', 'landelijk')).body);
      expect(await alarms()).toContain('hub-unsafe');
      report = { ...safe, version: '2.15.1' };
      await relay.checkHub();
      expect(await alarms()).not.toContain('hub-unsafe');
      expect((await relay.get('/health/ready')).status).toBe(200);
    } finally {
      await relay.stop();
    }
  });

  it('makes the streams of every region, bounded and refusing when full, and again when the hub lost them', async () => {
    const relay = await TestRelay.start(federation);
    try {
      const configured = async () => {
        const response = await fetch(
          `${federation.hub.monitorUrl}/jsz?streams=true&consumers=true&config=true`,
        );
        const { account_details } = (await response.json()) as {
          account_details?: { stream_detail?: StreamDetail[] }[];
        };
        return (account_details ?? []).flatMap(({ stream_detail }) => stream_detail ?? []);
      };
      const streams = await configured();
      expect(streams.map(({ name }) => name).sort()).toEqual(['DOWN_noord', 'UP_noord']);
      for (const { config, consumer_detail } of streams) {
        expect(config).toMatchObject({
          retention: 'workqueue',
          storage: 'file',
          discard: 'new',
          max_bytes: 67_108_864,
          deny_delete: true,
          deny_purge: true,
          duplicate_window: 3_600_000_000_000,
        });
        expect(consumer_detail).toHaveLength(1);
        expect(consumer_detail[0]!.config).toMatchObject({
          ack_policy: 'explicit',
          ack_wait: 30_000_000_000,
          max_deliver: -1,
        });
      }
      await federation.hub.kill();
      rmSync(path.join(federation.folder, 'js'), { recursive: true });
      await federation.startHub();
      await until(async () => (await configured()).length === 2);
      const noord = await federation.region('noord');
      await noord.listen();
      await noord.put(Buffer.alloc(32, 1).toString('base64url'));
      await noord.settled();
      expect(await relay.count('tag')).toBe(1);
    } finally {
      await relay.stop();
    }
  });
});

/** What the test changes in the generated configuration. */
interface HubText {
  tls?: Record<string, unknown>;
  jetstream: Record<string, unknown>;
}

interface StreamDetail {
  name: string;
  config: object;
  consumer_detail: { config: object }[];
}
