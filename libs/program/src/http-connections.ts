import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Server as SocketServer, type Socket } from 'node:net';

interface Use {
  /** Requests whose head has arrived and whose answer is not complete. */
  requests: number;
  /** Bytes read from the connection when its last answer was complete. */
  read: number;
}

/**
 * The connections of an HTTP server, so that it can stop without cutting off an answer.
 *
 * Node's own `close` waits for ever for a connection on which nothing was sent. It also cuts off an answer that is
 * written but has not yet reached a slow client. So this class counts the requests of each connection itself.
 */
export class HttpConnections {
  private readonly open = new Map<Socket, Use>();
  private readonly answers = new Set<ServerResponse>();
  private leaving = false;
  private closing = false;

  /** Follows the connections of `server`, which has none yet. */
  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.open.set(socket, { requests: 0, read: 0 });
      socket.once('close', () => this.open.delete(socket));
    });
    server.prependListener('request', ({ socket }, response) => this.follow(socket, response));
  }

  /** Serves on, and asks clients to make their next request on another connection. */
  leave(): void {
    this.leaving = true;
    for (const answer of this.answers) if (!answer.headersSent) sayGoodbye(answer);
  }

  /**
   * Stops listening and closes the connections: idle ones at once, others when their answer is complete, and all that
   * are left after `patience` milliseconds. Resolves when none is left.
   */
  async close(patience: number): Promise<void> {
    this.leave();
    this.closing = true;
    const closed = once(this.server, 'close');
    // not `this.server.close()`: see above
    SocketServer.prototype.close.call(this.server);
    this.closeIdle();
    const timer = setTimeout(() => {
      for (const socket of this.open.keys()) socket.destroy();
    }, patience);
    await closed;
    clearTimeout(timer);
  }

  private follow(socket: Socket, answer: ServerResponse): void {
    const use = this.open.get(socket)!;
    use.requests++;
    this.answers.add(answer);
    if (this.leaving) sayGoodbye(answer);
    answer.once('close', () => {
      use.requests--;
      use.read = socket.bytesRead;
      this.answers.delete(answer);
      if (this.closing) this.closeIdle();
    });
  }

  /** A connection is not idle while a part of a next request has arrived. */
  private closeIdle(): void {
    for (const [socket, { requests, read }] of this.open)
      if (requests === 0 && socket.bytesRead === read) socket.destroy();
  }
}

const sayGoodbye = (answer: ServerResponse): void => void answer.setHeader('Connection', 'close');
