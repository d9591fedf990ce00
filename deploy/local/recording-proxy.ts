import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Gets every byte that passes: in which direction, and over which connection (numbered from 1). */
export type RecordBytes = (bytes: Buffer, direction: 'to-hub' | 'from-hub', connection: number) => void;

/** A TCP proxy on loopback between the programs and the hub, which shows all that passes and changes nothing. */
export class RecordingProxy {
  private readonly sockets = new Set<Socket>();
  private connections = 0;

  private constructor(private readonly server: Server) {}

  /** Starts one on a free port. */
  static async start(hub: { host: string; port: number }, record: RecordBytes): Promise<RecordingProxy> {
    const server = createServer();
    const proxy = new RecordingProxy(server);
    server.on('connection', (program) => proxy.join(program, connect(hub.port, hub.host), record));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** Where programs connect. */
  get url(): string {
    return `nats://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(program: Socket, hub: Socket, record: RecordBytes): void {
    const connection = ++this.connections;
    program.on('data', (bytes) => record(bytes, 'to-hub', connection));
    hub.on('data', (bytes) => record(bytes, 'from-hub', connection));
    program.pipe(hub);
    hub.pipe(program);
    for (const [one, other] of [
      [program, hub],
      [hub, program],
    ] as const) {
      this.sockets.add(one);
      one.on('error', () => undefined); // `close` follows
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroySoon();
      });
    }
  }
}
