import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnections } from './http-connections.js';

const GET = 'GET / HTTP/1.1\r\nHost: here\r\n\r\n';
const HALF_POST = 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nab';
/** Longer than a test takes. */
const LONG = 60_000;
const MEGABYTES = Buffer.alloc(30_000_000, 'x');

describe('the connections of an HTTP server that stops', () => {
  const ends: (() => void)[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end()));

  async function serve(answer: RequestListener = (_, response) => response.end('answer')) {
    const server = createServer(answer);
    const connections = new HttpConnections(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => server.close().closeAllConnections());
    const client = async (text = '') => {
      const accepted = once(server, 'connection');
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      ends.push(() => socket.destroy());
      const heard = { text: '', closed: false };
      socket.on('error', () => undefined);
      const gone = new Promise<void>((resolve) => {
        socket.once('close', () => {
          heard.closed = true;
          resolve();
        });
      });
      socket.write(text);
      const [peer] = (await accepted) as [Socket];
      while (peer.bytesRead < text.length) await sleep(5);
      const listen = () => socket.on('data', (data: Buffer) => (heard.text += data.toString()));
      return { socket, heard, listen, gone };
    };
    return { server, connections, client };
  }
  const until = async (look: () => boolean) => {
    while (!look()) await sleep(5);
  };

  it('closes those that sent nothing and those that were answered at once', async () => {
    const { connections, client } = await serve();
    const clients = [await client(), await client(GET)];
    clients[1]!.listen();
    await until(() => clients[1]!.heard.text.endsWith('answer'));
    await connections.close(LONG);
    await Promise.all(clients.map(({ gone }) => gone));
  });

  it('accepts no more', async () => {
    const { connections, server } = await serve();
    const { port } = server.address() as AddressInfo;
    await connections.close(LONG);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  });

  it('answers a request in progress, and then closes its connection', async () => {
    const { connections, client } = await serve((request, response) => {
      request.resume().on('end', () => response.end('answer'));
    });
    const { socket, listen, heard, gone } = await client(HALF_POST);
    listen();
    const closed = connections.close(LONG);
    socket.write('cd');
    await Promise.all([closed, gone]);
    expect(heard.text).toMatch(/^HTTP\/1.1 200 [^]*Connection: close\r\n[^]*answer$/);
  });

  it('lets a slow client have the whole of its answer', async () => {
    const { connections, client } = await serve((_, response) => response.end(MEGABYTES));
    const { listen, heard, gone } = await client(GET);
    const closed = connections.close(LONG);
    await sleep(50);
    listen();
    await Promise.all([closed, gone]);
    expect(heard.text.length).toBeGreaterThan(MEGABYTES.length);
  });

  it('answers a request of which a part had arrived', async () => {
    const { connections, client } = await serve();
    const { socket, listen, heard, gone } = await client(GET.slice(0, 20));
    listen();
    const closed = connections.close(LONG);
    await sleep(50);
    socket.write(GET.slice(20));
    await Promise.all([closed, gone]);
    expect(heard.text).toMatch(/answer$/);
  });

  it('closes what is not answered in time', async () => {
    const { connections, client } = await serve(() => undefined);
    const { heard, gone } = await client(HALF_POST);
    const closed = connections.close(200);
    await sleep(50);
    expect(heard.closed).toBe(false);
    await Promise.all([closed, gone]);
  });

  it('has clients leave while it still serves', async () => {
    const { connections, client } = await serve();
    connections.leave();
    const { listen, heard, gone } = await client(GET);
    listen();
    await gone;
    expect(heard.text).toMatch(/Connection: close\r\n[^]*answer$/);
  });
});
