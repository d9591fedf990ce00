import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '@nats-io/transport-node';
import { startNats, type NatsServer } from './nats-server.js';

describe('a local nats-server', () => {
  const bin = process.env.NATS_SERVER_BIN!;
  let folder: string;
  let configFile: string;
  let server: NatsServer | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'nats-server-spec-'));
    configFile = path.join(folder, 'nats.conf');
    writeFileSync(
      configFile,
      `listen: "127.0.0.1:-1"\nhttp: "127.0.0.1:-1"\njetstream { store_dir: "${folder}/js", sync_interval: always }\n`,
    );
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes connections, and shows its settings on the monitoring address', async () => {
    server = await startNats({ bin, configFile });
    const connection = await connect({ servers: server.url });
    expect(connection.info?.jetstream).toBe(true);
    await connection.close();
    const varz = (await (await fetch(`${server.monitorUrl}/varz`)).json()) as {
      jetstream: { config: { sync_always: boolean } };
    };
    expect(varz.jetstream.config.sync_always).toBe(true);
  });

  it('starts again after a crash', async () => {
    server = await startNats({ bin, configFile });
    const { pid } = server;
    await server.kill();
    expect(server.running).toBe(false);
    server = await startNats({ bin, configFile });
    expect(server.pid).not.toBe(pid);
    await (await connect({ servers: server.url })).close();
  });

  it('shows what the server said when the configuration is wrong', async () => {
    appendFileSync(configFile, 'listen_on_the_moon: true\n');
    await expect(startNats({ bin, configFile })).rejects.toThrow(
      /nats-server ended \(exit code 1\):[^]*listen_on_the_moon/,
    );
  });
});
