import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the range from which systems give outgoing connections their ports (Linux from 32768, others from 49152): those come and go. */
const RANGE = [10_000, 32_000] as const;
const TRIES = 200;

/** What browsers and `fetch` refuse to connect to, from 1024: "bad ports" of the Fetch standard. */
const REFUSED = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
  10080,
]);

/** A TCP port on loopback that nobody listens on at this moment, that no outgoing connection gets, and that browsers connect to. */
export async function freePort([lowest, highest]: readonly [number, number] = RANGE): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(lowest, highest);
    if (!REFUSED.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port from ${lowest} to ${highest} in ${TRIES} tries`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * Hands out the ports of one federation. Without a base: any free ones, no two alike. With a base: base, base + 1, …
 * in the order of asking, so that the same programs get the same ports at every start; a port that is taken, or that browsers refuse, is
 * an error.
 */
export class Ports {
  private readonly given = new Set<number>();
  private next: number | undefined;

  constructor(base?: number) {
    if (base !== undefined && !(Number.isInteger(base) && base >= 1024 && base <= 65_000))
      throw new Error('--port-base must be a whole number from 1024 to 65000');
    this.next = base;
  }

  /** The next port, for the program `name` (which the error names when the port is taken). */
  async take(name: string): Promise<number> {
    if (this.next !== undefined) {
      const port = this.next++;
      if (REFUSED.has(port))
        throw new Error(`browsers refuse to connect to port ${port} of ${name}; choose another --port-base`);
      if (!(await isFree(port)))
        throw new Error(`port ${port} for ${name} is in use; choose another --port-base`);
      return port;
    }
    let port = await freePort();
    while (this.given.has(port)) port = await freePort();
    this.given.add(port);
    return port;
  }
}
