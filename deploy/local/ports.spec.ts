import { createServer, type AddressInfo } from 'node:net';
import { freePort, Ports } from './ports.js';

describe('ports of a federation', () => {
  it('are all different and free without a base', async () => {
    const ports = new Ports();
    const given = await Promise.all(Array.from({ length: 30 }, (_, i) => ports.take(`program ${i}`)));
    expect(new Set(given).size).toBe(30);
    // where outgoing connections get theirs, one might be taken before its program starts
    expect(Math.max(...given)).toBeLessThan(32_768);
  });

  it('are none to which browsers refuse to connect', async () => {
    for (const port of [6000, 10_080]) {
      await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ cause: new Error('bad port') });
      await expect(freePort([port, port + 1])).rejects.toThrow('no free port');
      await expect(new Ports(port).take('the relay')).rejects.toThrow(
        `browsers refuse to connect to port ${port} of the relay`,
      );
    }
  });

  it('follow each other from the base, so that they are the same at every start', async () => {
    const base = await freePort([20_000, 32_000]);
    for (const _start of [1, 2]) {
      const ports = new Ports(base);
      expect([await ports.take('a'), await ports.take('b')]).toEqual([base, base + 1]);
    }
  });

  it('are refused when somebody has one, naming the program', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(new Ports(port).take('the relay')).rejects.toThrow(`port ${port} for the relay is in use`);
    await new Promise((resolve) => server.close(resolve));
  });

  it('do not begin below 1024 or with a fraction', () => {
    for (const base of [80, 4000.5, Number.NaN, 70_000])
      expect(() => new Ports(base)).toThrow('--port-base must be');
  });
});
