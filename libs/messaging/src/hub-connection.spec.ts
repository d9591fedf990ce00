import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { jest } from '@jest/globals';
import { TestBroker } from '../../../test/broker/test-broker.js';
import { HubConnection } from './hub-connection.js';
import { KeptLog, pause, until } from './messaging.fixture.js';

jest.setTimeout(60_000);

describe('the connection to a hub', () => {
  let broker: TestBroker;
  beforeAll(async () => (broker = await TestBroker.start()));
  afterAll(() => broker.drop());

  const connectionTo = (port?: number) => {
    const log = new KeptLog();
    const settings = port ? { ...broker.settings, natsUrl: `tls://127.0.0.1:${port}` } : broker.settings;
    return { log, hub: new HubConnection(settings, { party: 'noord' }, log) };
  };

  describe('that breaks off every connection', () => {
    let server: Server;
    let attempts = 0;
    beforeAll(async () => {
      server = createServer((socket) => {
        attempts++;
        socket.destroy();
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterAll(() => server.close());

    it('is tried again and again, and no more when the program stops', async () => {
      const { hub } = connectionTo((server.address() as AddressInfo).port);
      const made = jest.fn();
      void hub.get().then(made);
      await until(() => attempts > 1);
      await hub.onApplicationShutdown();
      const before = attempts;
      await pause(1_500);
      expect([attempts, made.mock.calls]).toEqual([before, []]);
    });
  });

  it('that is made while the program stops is closed, and nobody is told', async () => {
    const { hub, log } = connectionTo();
    const [made, up] = [jest.fn(), jest.fn()];
    hub.onUp(up);
    void hub.get().then(made);
    await hub.onApplicationShutdown();
    await pause(1_000);
    expect([made.mock.calls, up.mock.calls, log.lines, hub.isUp()]).toEqual([[], [], [], false]);
  });

  it('that is frozen does not hold up a program that stops', async () => {
    const { hub } = connectionTo();
    await hub.get();
    broker.freeze();
    const begun = performance.now();
    await hub.onApplicationShutdown();
    expect(performance.now() - begun).toBeLessThan(5_000);
    broker.thaw();
  });
});
