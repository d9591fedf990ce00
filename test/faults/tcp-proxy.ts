import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A network link on loopback that can go wrong: connections to its port are passed on to a server.
 * Cut, it is as silent as a pulled cable: connections stay open, new ones are made, and nothing passes until it is mended.
 */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private delayMs = 0;
  private mended = Promise.resolve();
  private mend_: () => void = () => undefined;

  private constructor(private readonly server: Server) {}

  /** Starts a link to a server on this machine, on a free port. */
  static async start(port: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server);
    server.on('connection', (client) => proxy.join(client, connect(port, '127.0.0.1')));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Lets nothing pass any more. */
  cut(): void {
    this.mended = new Promise((resolve) => (this.mend_ = resolve));
  }

  /** Holds up each piece of data for so long. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** Breaks all connections off at once (RST). */
  reset(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Works as it should again. */
  mend(): void {
    this.delayMs = 0;
    this.mend_();
  }

  async stop(): Promise<void> {
    this.mend();
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket, server: Socket): void {
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => undefined); // `close` follows
      from.once('close', () => {
        this.sockets.delete(from);
        to.destroySoon();
      });
      // broken off: the other half is closed with it
      pipeline(from, (data: AsyncIterable<Buffer>) => this.held(data), to).catch(() => undefined);
    }
  }

  private async *held(data: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of data) {
      await this.mended;
      if (this.delayMs > 0) await sleep(this.delayMs);
      yield chunk;
    }
  }
}
