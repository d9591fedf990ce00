import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between a node and a person register, and keeps every question that passes. */
export class WatchedRegister {
  readonly questions: Record<string, unknown>[] = [];
  private readonly server: Server;

  /** @param url of the register, without `/personen` */
  constructor(url: () => string) {
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        this.questions.push(JSON.parse(body) as Record<string, unknown>);
        void fetch(`${url()}/personen`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body,
        }).then(async (answer) => {
          const type = answer.headers.get('Content-Type') ?? '';
          response.writeHead(answer.status, { 'Content-Type': type }).end(await answer.text());
        });
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  start(): Promise<this> {
    return new Promise((ready) => this.server.listen(0, '127.0.0.1', () => ready(this)));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
