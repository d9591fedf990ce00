import { X509Certificate } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { connect, createServer, type Server, type TLSSocket } from 'node:tls';
import { type Identity } from './certificates.js';

/** Gets every byte that passes: in which direction, and over which connection (numbered from 1). */
export type RecordBytes = (bytes: Buffer, direction: 'to-hub' | 'from-hub', connection: number) => void;

/** What it takes to stand between two sides that speak TLS: the keys of both. */
export interface BothSides {
  /** Certificate of the authority that both trust. */
  authority: string;
  hub: Identity;
  parties: Identity[];
}

/**
 * A proxy on loopback between the programs and the hub, which shows in the clear all that passes, and changes nothing. To a
 * program it is the hub, and to the hub it is the party that the program has shown to be.
 */
export class RecordingProxy {
  private readonly sockets = new Set<TLSSocket>();
  private connections = 0;

  private constructor(private readonly server: Server) {}

  /** Starts one on a free port. */
  static async start(
    hub: { host: string; port: number },
    { authority, hub: { certificate, privateKey }, parties }: BothSides,
    record: RecordBytes,
  ): Promise<RecordingProxy> {
    const known = new Map(parties.map((party) => [fingerprint(party), party]));
    const tls = { ca: authority, minVersion: 'TLSv1.3' } as const;
    const server = createServer({ ...tls, cert: certificate, key: privateKey, requestCert: true });
    const proxy = new RecordingProxy(server);
    server.on('secureConnection', (program) => {
      const party = known.get(program.getPeerX509Certificate()!.fingerprint256);
      if (!party) return void program.destroy();
      const { certificate: cert, privateKey: key } = party;
      proxy.join(program, connect({ ...tls, host: hub.host, port: hub.port, cert, key }), record);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** Where programs connect. */
  get url(): string {
    return `tls://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(program: TLSSocket, hub: TLSSocket, record: RecordBytes): void {
    const connection = ++this.connections;
    program.on('data', (bytes: Buffer) => record(bytes, 'to-hub', connection));
    hub.on('data', (bytes: Buffer) => record(bytes, 'from-hub', connection));
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

const fingerprint = ({ certificate }: Identity): string => new X509Certificate(certificate).fingerprint256;
